using Eformer.Pool.Topology;

namespace Eformer.Pool.Store;

/// <summary>An agent and its hosts, as they register.</summary>
/// <param name="AgentId">Identity of the machine's agent in the fleet; stays the same across restarts.</param>
/// <param name="Incarnation">Random, new at every start.</param>
/// <param name="Hosts">Its hosts.</param>
/// <param name="LifeMs">How long the record counts as alive without a heartbeat, in milliseconds.</param>
public sealed record AgentRegistration(string AgentId, string Incarnation, IReadOnlyList<HostRegistration> Hosts, int LifeMs)
{
    /// <summary>
    /// The fences of its hosts. One that is held makes its host <see cref="HostState.Unconfirmed"/>; a host that is not named
    /// here has none.
    /// </summary>
    public IReadOnlyList<HostFence> Fences { get; init; } = [];

    /// <summary>Identity of the machine, which has one living agent in the fleet; empty when that is not to be checked.</summary>
    public string MachineId { get; init; } = "";

    /// <summary>Identity of the machine's boot: an agent of the same machine and boot takes its predecessor's place.</summary>
    public string BootId { get; init; } = "";
}
