using System.Management.Automation;

namespace Eformer.Pool.Module.Runs;

/// <summary>Writes one object per host, in slot and host order, as soon as no earlier host is waited for.</summary>
internal sealed class ResultSink(Cmdlet cmdlet) : GatheringSink
{
    /// <inheritdoc/>
    protected override void Take(PoolRun run, HostResult result) => cmdlet.WriteObject(result);
}
