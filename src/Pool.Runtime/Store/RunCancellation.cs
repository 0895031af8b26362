namespace Eformer.Pool.Store;

/// <summary>A wish to stop a run.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Announcements">The signed wish, for each agent concerned.</param>
public sealed record RunCancellation(string RunId, IReadOnlyList<Announcement> Announcements);
