namespace Eformer.Pool.Store;

/// <summary>What a host is leased for.</summary>
/// <param name="Host">Key of the host.</param>
/// <param name="State">Its state in the store.</param>
/// <param name="LeaseId">The lease, or empty.</param>
/// <param name="Epoch">The lease's epoch.</param>
public sealed record HostAssignment(string Host, HostState State, string LeaseId, long Epoch);
