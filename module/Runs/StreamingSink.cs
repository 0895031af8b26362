using System.Collections;
using System.Management.Automation;
using Eformer.Pool.Module.Errors;

namespace Eformer.Pool.Module.Runs;

/// <summary>Writes objects and errors as they come, and one error for each host that did not succeed.</summary>
internal sealed class StreamingSink(Cmdlet cmdlet, bool hideComputerName) : IRunSink
{
    /// <inheritdoc/>
    public void Output(PoolRun run, HostAddress host, IList items)
    {
        foreach (object? item in items)
        {
            cmdlet.WriteObject(hideComputerName || item is null ? item : HostTag.Add(item, host), enumerateCollection: false);
        }
    }

    /// <inheritdoc/>
    public void Error(PoolRun run, HostAddress host, ErrorRecord error) => cmdlet.WriteError(error);

    /// <inheritdoc/>
    public void Retry(PoolRun run, HostAddress host, AttemptEnd end)
    {
        // What was written cannot be taken back; the warning says what happened.
    }

    /// <inheritdoc/>
    public void End(PoolRun run, HostAddress host, AttemptEnd end)
    {
        // The error that a script threw came as the last of its error records.
        if (end.Outcome != RunOutcome.Succeeded && !end.Threw)
        {
            cmdlet.WriteError(ErrorRecords.From(new HostRunException(host, end)));
        }
    }
}
