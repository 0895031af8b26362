using Eformer.Pool.Store;

namespace Eformer.Pool.Leases;

/// <summary>Something that happened to a slice that a driver holds.</summary>
internal abstract record HolderEvent
{
    private HolderEvent() { }

    /// <summary>A renewal came to an end.</summary>
    /// <param name="Result">How.</param>
    /// <param name="SentAt">Timestamp before it was sent.</param>
    public sealed record RenewalAnswered(RenewalResult Result, long SentAt) : HolderEvent;

    /// <summary>A reassertion was answered; one without an answer is <see cref="ReassertStatus.Waiting"/>.</summary>
    /// <param name="Status">The answer.</param>
    /// <param name="SentAt">Timestamp before it was sent.</param>
    public sealed record ReassertAnswered(ReassertStatus Status, long SentAt) : HolderEvent;

    /// <summary>Time has passed.</summary>
    public sealed record Tick : HolderEvent;

    /// <summary>The driver gives the slice back.</summary>
    public sealed record Released : HolderEvent;

    /// <summary>The driver knows from elsewhere that the slice is lost: a host of it is gone.</summary>
    public sealed record HostLost : HolderEvent;
}
