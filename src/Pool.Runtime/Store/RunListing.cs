namespace Eformer.Pool.Store;

/// <summary>What the list of a fleet's runs tells without opening them. Written by drivers, and not signed.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Pool">The pool it was sent to.</param>
/// <param name="Owner">Who sent it, for people.</param>
/// <param name="DriverId">Whose doorbell is rung with results.</param>
/// <param name="QueuedMs">When it was sent, Unix milliseconds of the driver's clock.</param>
/// <param name="Hosts">On how many hosts.</param>
/// <param name="Title">The beginning of its script.</param>
/// <param name="Leases">Ids of the leases it was last sent under.</param>
public sealed record RunListing(
    string RunId, string Pool, string Owner, string DriverId, long QueuedMs, int Hosts, string Title, IReadOnlyList<string> Leases)
{
    /// <summary>Of how many hosts the driver has said that no other attempt follows; null when there is one attempt only.</summary>
    public int? Settled { get; init; }
}
