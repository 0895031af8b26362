using System.Management.Automation;
using Eformer.Pool.Module.Completion;

namespace Eformer.Pool.Module.Commands;

/// <summary>Lists runs, newest first: those that go on, and those whose results are still kept.</summary>
[Cmdlet(VerbsCommon.Get, "SlicePoolRun")]
[OutputType(typeof(RunInfo))]
public sealed class GetSlicePoolRunCommand : RunDirectoryCmdlet
{
    private readonly List<RunInfo> _runs = [];

    /// <summary>Ids of runs, with wildcards.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RunIdCompleter))]
    public string[] RunId { get; set; } = ["*"];

    /// <summary>Only runs of pools whose name matches.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(PoolNameCompleter))]
    public string Pool { get; set; } = "*";

    /// <summary>Only runs that stand like this.</summary>
    [Parameter]
    public RunState[]? State { get; set; }

    /// <inheritdoc/>
    protected override void Begin()
    {
        WildcardPattern pool = WildcardPattern.Get(Pool, WildcardOptions.IgnoreCase);
        foreach (RunDirectory directory in Directories())
        {
            // A store that cannot be read must not hide the runs that can be.
            ForEach(directory.Fleet, () => _runs.AddRange(Await(directory.ListAsync).Where(run => pool.IsMatch(run.Pool))));
        }

        _runs.RemoveAll(run => State is not null && !State.Contains(run.State));
    }

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (string id in RunId)
        {
            WildcardPattern pattern = WildcardPattern.Get(id, WildcardOptions.IgnoreCase);
            RunInfo[] found = [.. _runs.Where(run => pattern.IsMatch(run.RunId)).OrderByDescending(run => run.Queued)];
            WriteObject(found, enumerateCollection: true);
            if (found.Length == 0 && !WildcardPattern.ContainsWildcardCharacters(id))
            {
                WriteError(Errors.ErrorRecords.From(NotFound(id)));
            }
        }
    }
}
