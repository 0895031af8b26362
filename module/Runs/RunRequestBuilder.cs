using Eformer.Pool.Module.Arguments;
using Eformer.Pool.Module.Scripts;

namespace Eformer.Pool.Module.Runs;

/// <summary>Makes requests of what a user gave. Pure.</summary>
/// <param name="options">Everything but script, arguments and input.</param>
/// <param name="script">Gives the script; told whether there is input.</param>
/// <param name="argumentsXml">The encoded arguments.</param>
internal sealed class RunRequestBuilder(RunRequest options, Func<bool, ScriptText> script, string? argumentsXml)
{
    /// <summary>A request whose input goes to every host as a whole.</summary>
    /// <exception cref="SlicePoolException">Those of <see cref="ArgumentEncoder.EncodeInput"/>.</exception>
    public RunRequest Build(IReadOnlyList<object?> input) => Script(input.Count > 0) with { InputXml = ArgumentEncoder.EncodeInput(input) };

    /// <summary>Requests over whose hosts the input is distributed, in order.</summary>
    /// <param name="input">The items.</param>
    /// <param name="hosts">For each request how many hosts it chooses.</param>
    /// <exception cref="SlicePoolException">Those of <see cref="ArgumentEncoder.EncodeInput"/>.</exception>
    public IReadOnlyList<RunRequest> Distribute(IReadOnlyList<object?> input, IReadOnlyList<int> hosts)
    {
        // Checked as a whole, so that an error counts items as the user does.
        ArgumentEncoder.EncodeInput(input);
        int all = hosts.Sum();
        string?[] parts = all == 0 ? [] : [.. InputBlocks.Split(input, all).Select(ArgumentEncoder.EncodeInput)];
        int[] ends = [.. hosts.Select((_, pool) => hosts.Take(pool + 1).Sum())];
        return [.. hosts.Select((count, pool) => Script(input.Count > 0) with { InputParts = parts[(ends[pool] - count)..ends[pool]] })];
    }

    private RunRequest Script(bool hasInput) => options with { Script = script(hasInput).Text, ArgumentsXml = argumentsXml };
}
