namespace Eformer.Pool.Store;

/// <summary>Gives leases back. Ids of leases that are gone already, or not the owner's, are passed over.</summary>
/// <param name="Pool">Name of the pool.</param>
/// <param name="OwnerId">Its owner.</param>
/// <param name="LeaseIds">The leases.</param>
/// <param name="ForgetPool">Whether the pool's name is given back too.</param>
public sealed record ReleaseRequest(string Pool, string OwnerId, IReadOnlyList<string> LeaseIds, bool ForgetPool);
