using System.Collections;
using System.Management.Automation;
using Eformer.Pool.Module.Errors;
using Eformer.Pool.Module.Streams;

namespace Eformer.Pool.Module.Runs;

/// <summary>Writes objects and errors as they come, and one error for each host that did not succeed.</summary>
internal sealed class StreamingSink(IHostStreams streams, bool hideComputerName) : IRunSink
{
    /// <inheritdoc/>
    public void Output(PoolRun run, HostAddress host, IList items)
    {
        HostTag tag = new(host);
        foreach (object? item in items)
        {
            streams.Output(hideComputerName || item is null ? item : tag.Add(item));
        }
    }

    /// <inheritdoc/>
    public void Error(PoolRun run, HostAddress host, ErrorRecord error) => streams.Error(error);

    /// <inheritdoc/>
    public void End(PoolRun run, HostAddress host, AttemptEnd end)
    {
        // The error that a script threw came as the last of its error records.
        if (end.Outcome != RunOutcome.Succeeded && !end.Threw)
        {
            streams.Error(ErrorRecords.From(new HostRunException(host, end)));
        }
    }

    /// <inheritdoc/>
    public void Retry(PoolRun run, HostAddress host)
    {
        // What was written is written; the warning about the attempt says what to make of it.
    }
}
