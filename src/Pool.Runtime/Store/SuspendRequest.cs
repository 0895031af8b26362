namespace Eformer.Pool.Store;

/// <summary>Keeps new placements off hosts. Replaces an earlier wish for the same host. Hosts need not be registered.</summary>
/// <param name="Hosts">Keys of the hosts.</param>
/// <param name="By">Who asks, for people.</param>
/// <param name="Reason">Why, for people; may be empty.</param>
/// <param name="WithinMs">Milliseconds after which holders must have left, too; null when they may stay.</param>
public sealed record SuspendRequest(IReadOnlyList<string> Hosts, string By, string Reason, long? WithinMs);
