using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using Eformer.Pool.Module.Runs;

namespace Eformer.Pool.Module.Completion;

/// <summary>Completes ids of runs of the fleets that this session's pools are in, newest first.</summary>
public sealed class RunIdCompleter : IArgumentCompleter
{
    // Somebody is typing.
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Words.StartingWith(wordToComplete, Task.Run(IdsAsync).GetAwaiter().GetResult());

    private static async Task<IReadOnlyList<string>> IdsAsync()
    {
        using CancellationTokenSource limit = new(s_limit, TimeProvider.System);
        await using RunDirectories directories = new();
        IReadOnlyList<RunInfo>[] runs = await Task.WhenAll(directories.Owned.Select(directory => ListAsync(directory, limit.Token)));
        return [.. runs.SelectMany(list => list).OrderByDescending(run => run.Queued).Select(run => run.RunId)];
    }

    private static async Task<IReadOnlyList<RunInfo>> ListAsync(RunDirectory directory, CancellationToken cancellationToken)
    {
        try
        {
            return await directory.ListAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is SlicePoolException or OperationCanceledException)
        {
            // A store that does not answer in time has nothing to offer; the command itself will say why.
            return [];
        }
    }
}
