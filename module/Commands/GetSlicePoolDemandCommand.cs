using System.Management.Automation;

namespace Eformer.Pool.Module.Commands;

/// <summary>What the pools of a fleet wait for, oldest first: the seam for autoscalers.</summary>
/// <remarks>A pool's demand is replaced when it changes and gone when it is met, cancelled or drained.</remarks>
[Cmdlet(VerbsCommon.Get, "SlicePoolDemand")]
[OutputType(typeof(PoolDemand))]
public sealed class GetSlicePoolDemandCommand : FleetCmdlet
{
    /// <inheritdoc/>
    protected override void End() => WriteObject(WithFleet(Fleet, (fleet, token) => fleet.GetDemandAsync(token)), enumerateCollection: true);
}
