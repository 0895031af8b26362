namespace Eformer.Pool.Store;

/// <summary>A run in a list.</summary>
/// <param name="Listing">What was listed of it.</param>
/// <param name="Cancelled">Whether it was cancelled.</param>
/// <param name="Ended">How many of its hosts have ended.</param>
/// <param name="Succeeded">How many of those have succeeded.</param>
public sealed record RunCount(RunListing Listing, bool Cancelled, int Ended, int Succeeded);
