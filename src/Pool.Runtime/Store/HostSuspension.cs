namespace Eformer.Pool.Store;

/// <summary>A wish to keep new placements off a host, for maintenance.</summary>
/// <param name="By">Who asked, for people.</param>
/// <param name="Reason">Why, for people; may be empty.</param>
/// <param name="SinceMs">Since when, Unix milliseconds of the store's clock.</param>
/// <param name="RemainingMs">Milliseconds until whoever holds the host must have left it; null when holders may stay.</param>
public sealed record HostSuspension(string By, string Reason, long SinceMs, long? RemainingMs);
