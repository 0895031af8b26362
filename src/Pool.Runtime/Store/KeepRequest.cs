namespace Eformer.Pool.Store;

/// <summary>An agent's renewal of a kept pool's lease, when its driver has not renewed it for a while.</summary>
/// <param name="Pool">Name of the pool.</param>
/// <param name="OwnerId">Its owner.</param>
/// <param name="LeaseId">The lease.</param>
/// <param name="SeenRenewals">
/// The renewal counter as the agent last saw it: when it has moved on, somebody else was quicker and nothing is done.
/// </param>
/// <param name="TtlMs">New life from now, in milliseconds.</param>
public sealed record KeepRequest(string Pool, string OwnerId, string LeaseId, long SeenRenewals, int TtlMs);
