using Eformer.Pool.Topology;

namespace Eformer.Pool.Store;

/// <summary>An agent and its hosts, as they register.</summary>
/// <param name="AgentId">Identity of the machine's agent in the fleet; stays the same across restarts.</param>
/// <param name="Incarnation">Random, new at every start.</param>
/// <param name="Hosts">Its hosts.</param>
/// <param name="LifeMs">How long the record counts as alive without a heartbeat, in milliseconds.</param>
public sealed record AgentRegistration(string AgentId, string Incarnation, IReadOnlyList<HostRegistration> Hosts, int LifeMs);
