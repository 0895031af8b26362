namespace Eformer.Pool.Store;

/// <summary>A run to store and announce. Idempotent by <paramref name="RunId"/>.</summary>
/// <param name="RunId">128 random bits as hex.</param>
/// <param name="Payload">What the hosts need to execute it; each command holds its hash. Stored in pieces of at most 256 KiB.</param>
/// <param name="TtlMs">How long the run and its results are kept after the last write, in milliseconds; a hundredth less at worst.</param>
/// <param name="Announcements">One or more messages to each agent concerned.</param>
public sealed record RunSubmission(
    string RunId,
    ReadOnlyMemory<byte> Payload,
    long TtlMs,
    IReadOnlyList<Announcement> Announcements);
