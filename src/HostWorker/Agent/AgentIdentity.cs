namespace Eformer.Pool.HostWorker.Agent;

/// <summary>Who an agent is.</summary>
/// <param name="AgentId">Identity in the fleet; the same after a restart.</param>
/// <param name="MachineId">Identity of the machine, which has one agent in the fleet; empty for agents that emulate hosts.</param>
/// <param name="BootId">Identity of the machine's boot; empty where the system does not tell.</param>
internal sealed record AgentIdentity(string AgentId, string MachineId, string BootId);
