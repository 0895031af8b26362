using Eformer.Pool.Store;
using Eformer.Pool.Topology;

namespace Eformer.Pool.Testing.Model;

/// <summary>A host as the store keeps it.</summary>
public sealed record HostModel(
    HostRegistration Registration, HostState State, long Epoch, string LeaseId, long FenceEpoch, string AgentId)
{
    public HostHealth Health { get; init; } = HostHealth.Unknown;

    /// <summary>The same host, free.</summary>
    public HostModel Idle(long fence) => this with { State = HostState.Idle, Epoch = 0, LeaseId = "", FenceEpoch = fence };

    /// <summary>The same host under a lease.</summary>
    public HostModel In(HostState state, long epoch, string leaseId, long fence) =>
        this with { State = state, Epoch = epoch, LeaseId = leaseId, FenceEpoch = fence };
}
