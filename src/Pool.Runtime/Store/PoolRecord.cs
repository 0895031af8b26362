namespace Eformer.Pool.Store;

/// <summary>A pool as the store knows it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="OwnerId">Random identity of the owning pool object.</param>
/// <param name="Owner">Who that is, for people.</param>
/// <param name="CreatedMs">When it was made, Unix milliseconds of the store's clock.</param>
/// <param name="RemainingMs">Milliseconds until it lapses; 0 or less when it has.</param>
public sealed record PoolRecord(string Name, string OwnerId, string Owner, long CreatedMs, long RemainingMs)
{
    /// <summary>Milliseconds for which its driver counts as present; 0 or less when another may take the pool over.</summary>
    public long AttendedMs { get; init; }

    /// <summary>The signed wish that its agents keep it without a driver; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Keep { get; init; }
}
