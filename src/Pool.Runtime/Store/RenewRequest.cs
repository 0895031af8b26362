namespace Eformer.Pool.Store;

/// <summary>Extends a pool and its leases.</summary>
/// <param name="Pool">Name of the pool.</param>
/// <param name="OwnerId">Its owner; others are refused.</param>
/// <param name="Owner">Who that is, for people.</param>
/// <param name="TtlMs">New life from now, in milliseconds.</param>
/// <param name="LeaseIds">The leases.</param>
public sealed record RenewRequest(string Pool, string OwnerId, string Owner, int TtlMs, IReadOnlyList<string> LeaseIds)
{
    /// <summary>Whether the driver is present from now on; false when it lets go of a kept pool.</summary>
    public bool Attended { get; init; } = true;

    /// <summary>The signed wish that agents keep the pool without a driver (see <c>KeepWish</c>); empty for none.</summary>
    public ReadOnlyMemory<byte> Keep { get; init; }
}
