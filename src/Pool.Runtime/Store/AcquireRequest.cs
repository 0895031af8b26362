namespace Eformer.Pool.Store;

/// <summary>Asks for one slice. Idempotent by <paramref name="LeaseId"/>.</summary>
/// <param name="LeaseId">128 random bits as hex, chosen by the asker.</param>
/// <param name="Grant">What is asked for.</param>
public sealed record AcquireRequest(string LeaseId, LeaseGrant Grant);
