namespace Eformer.Pool.Store;

/// <summary>Answer to a renewal.</summary>
/// <param name="PoolHeld">Whether the pool still belongs to the owner.</param>
/// <param name="Renewed">Ids of the leases that were extended; any other is lost.</param>
public sealed record RenewReply(bool PoolHeld, IReadOnlyList<string> Renewed);
