namespace Eformer.Pool.Store;

/// <summary>More attempts of a run, or attempts elsewhere.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Manifest">The signed manifest that takes the place of the one before.</param>
/// <param name="Listing">What a list tells of the run from now on.</param>
/// <param name="TtlMs">How long the run is kept after the last write, in milliseconds.</param>
/// <param name="Announcements">The commands, for each agent concerned.</param>
public sealed record RunAmendment(
    string RunId, ReadOnlyMemory<byte> Manifest, RunListing Listing, long TtlMs, IReadOnlyList<Announcement> Announcements);
