namespace Eformer.Pool.Store;

/// <summary>
/// Puts a lease back that the store has lost and whose hosts hold it still. Idempotent by <paramref name="LeaseId"/>.
/// </summary>
/// <param name="LeaseId">The lease.</param>
/// <param name="Epoch">The epoch under which its hosts accepted it.</param>
/// <param name="Generation">The store generation that granted it, which stays part of its identity.</param>
/// <param name="Grant">What was granted.</param>
public sealed record ReassertRequest(string LeaseId, long Epoch, string Generation, LeaseGrant Grant);
