namespace Eformer.Pool.Store;

/// <summary>How a host stands: what changes of it when it is leased and freed.</summary>
/// <param name="Host">Key of the host.</param>
/// <param name="State">Its state.</param>
/// <param name="LeaseId">The lease it is assigned to, or empty.</param>
/// <param name="Alive">Whether its agent's heartbeat is fresh.</param>
public sealed record HostStatus(string Host, HostState State, string LeaseId, bool Alive);
