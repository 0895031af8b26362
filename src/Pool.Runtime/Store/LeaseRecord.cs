namespace Eformer.Pool.Store;

/// <summary>One slice's lease.</summary>
/// <param name="LeaseId">128 random bits, as hex.</param>
/// <param name="Epoch">The fencing token: higher than any epoch its hosts accepted before.</param>
/// <param name="Generation">The store's generation that granted it.</param>
/// <param name="Grant">What was asked for.</param>
/// <param name="RenewalCount">Counts renewals; agents run their deadlines from when they last saw it change.</param>
/// <param name="RemainingMs">Milliseconds until it lapses, by the store's clock; 0 or less when it has.</param>
public sealed record LeaseRecord(
    string LeaseId,
    long Epoch,
    string Generation,
    LeaseGrant Grant,
    long RenewalCount,
    long RemainingMs)
{
    /// <summary>The signed wish that agents keep the pool without a driver; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Keep { get; init; }
}
