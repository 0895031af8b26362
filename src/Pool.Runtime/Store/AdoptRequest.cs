namespace Eformer.Pool.Store;

/// <summary>Takes a kept pool over from a driver that is gone. Idempotent by <paramref name="OwnerId"/>.</summary>
/// <param name="Pool">Name of the pool.</param>
/// <param name="FormerOwnerId">Its owner as the asker saw it; another means that somebody else was quicker.</param>
/// <param name="OwnerId">The new owner.</param>
/// <param name="Owner">Who that is, for people.</param>
/// <param name="TtlMs">New life of the pool and its leases from now, in milliseconds.</param>
/// <param name="Leases">Every lease of the pool by id, each with its grant as the new owner has it.</param>
public sealed record AdoptRequest(
    string Pool, string FormerOwnerId, string OwnerId, string Owner, int TtlMs, IReadOnlyDictionary<string, LeaseGrant> Leases);
