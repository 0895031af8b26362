using Eformer.Pool.Store;

namespace Eformer.Pool.Placement;

/// <summary>Reads a host's use from its record.</summary>
internal static class HostUses
{
    /// <summary>What keeps a host from being placed.</summary>
    public static HostUse Of(HostRecord host) => host switch
    {
        { Alive: false } => HostUse.Silent,
        { Health.Condition: HostCondition.Preempting } => HostUse.Preempting,
        { Suspension: not null } => HostUse.Suspended,
        { Health.Condition: HostCondition.RunnerFailed } => HostUse.Failing,
        { State: HostState.Idle } => HostUse.Free,
        { State: HostState.Reclaiming or HostState.Unconfirmed } => HostUse.Draining,
        _ => HostUse.Held,
    };

    /// <summary>Whether it can be placed.</summary>
    public static bool IsFree(HostRecord host) => Of(host) == HostUse.Free;
}
