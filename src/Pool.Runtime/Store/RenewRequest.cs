namespace Eformer.Pool.Store;

/// <summary>Extends a pool and its leases.</summary>
/// <param name="Pool">Name of the pool.</param>
/// <param name="OwnerId">Its owner; others are refused.</param>
/// <param name="Owner">Who that is, for people.</param>
/// <param name="TtlMs">New life from now, in milliseconds.</param>
/// <param name="LeaseIds">The leases.</param>
public sealed record RenewRequest(string Pool, string OwnerId, string Owner, int TtlMs, IReadOnlyList<string> LeaseIds);
