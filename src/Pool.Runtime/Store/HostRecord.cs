using Eformer.Pool.Topology;

namespace Eformer.Pool.Store;

/// <summary>A host as the store knows it.</summary>
/// <param name="Registration">What its agent said of it.</param>
/// <param name="AgentId">Its agent.</param>
/// <param name="Incarnation">That agent's incarnation.</param>
/// <param name="Alive">Whether the agent's heartbeat is fresh.</param>
/// <param name="State">Its state.</param>
/// <param name="LeaseId">The lease it is assigned to, or empty.</param>
/// <param name="Epoch">That lease's epoch, or 0.</param>
/// <param name="FenceEpoch">Highest epoch its agent accepted.</param>
public sealed record HostRecord(
    HostRegistration Registration,
    string AgentId,
    string Incarnation,
    bool Alive,
    HostState State,
    string LeaseId,
    long Epoch,
    long FenceEpoch)
{
    /// <summary>How it does, as its agent says.</summary>
    public HostHealth Health { get; init; } = HostHealth.Unknown;

    /// <summary>How much its machine has to do; null when its agent has not said.</summary>
    public AgentLoad? Load { get; init; }

    /// <summary>Who keeps placements off it; null when nobody does.</summary>
    public HostSuspension? Suspension { get; init; }
}
