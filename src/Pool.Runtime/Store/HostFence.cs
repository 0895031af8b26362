namespace Eformer.Pool.Store;

/// <summary>A host's fence as its agent publishes it.</summary>
/// <param name="Host">Key of the host.</param>
/// <param name="Epoch">Highest epoch it ever accepted; 0 for none.</param>
/// <param name="LeaseId">The lease of that epoch, or empty.</param>
/// <param name="Held">
/// Whether that lease is held. False attests that no process of that lease or an earlier one is alive on the host.
/// </param>
public sealed record HostFence(string Host, long Epoch, string LeaseId, bool Held);
