namespace Eformer.Pool.Store;

/// <summary>A run to store and announce. Idempotent by <paramref name="RunId"/> and <see cref="Nonce"/>.</summary>
/// <param name="RunId">Its id; see <see cref="Topology.PoolName"/> for the grammar.</param>
/// <param name="Payload">What the hosts need to execute it; each command holds its hash. Stored in pieces of at most 256 KiB.</param>
/// <param name="TtlMs">How long the run and its results are kept after the last write, in milliseconds; a hundredth less at worst.</param>
/// <param name="Announcements">One or more messages to each agent concerned.</param>
public sealed record RunSubmission(
    string RunId,
    ReadOnlyMemory<byte> Payload,
    long TtlMs,
    IReadOnlyList<Announcement> Announcements)
{
    /// <summary>Tells this submission from another one of the same id.</summary>
    public string Nonce { get; init; } = "";

    /// <summary>The signed manifest of the run; empty for none.</summary>
    public ReadOnlyMemory<byte> Manifest { get; init; }

    /// <summary>What a list tells of it; null to leave it out of lists.</summary>
    public RunListing? Listing { get; init; }

    /// <summary>Whether others may choose the same id: then it is announced only once it is known to be this submission's.</summary>
    public bool MayExist { get; init; }
}
