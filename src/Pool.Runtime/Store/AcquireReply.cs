namespace Eformer.Pool.Store;

/// <summary>Answer to a request for a slice.</summary>
/// <param name="Status">Whether it was granted.</param>
/// <param name="Epoch">The lease's epoch when granted.</param>
/// <param name="Generation">The store's generation when granted.</param>
/// <param name="Obstacle">The host in conflict, or the owner of the pool; empty when granted.</param>
public sealed record AcquireReply(AcquireStatus Status, long Epoch, string Generation, string Obstacle);
