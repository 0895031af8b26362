namespace Eformer.Pool.Envelopes;

/// <summary>
/// Body of a driver's wish that the agents of its slices keep a pool alive without it, until an absolute end. Signed anew with every
/// renewal, so that the end moves as long as the driver is there.
/// </summary>
public sealed record KeepWish
{
    /// <summary>The fleet it is meant for.</summary>
    public required string Fleet { get; init; }

    /// <summary>Name of the pool.</summary>
    public required string Pool { get; init; }

    /// <summary>The pool's owner; another owner's wish keeps nothing.</summary>
    public required string OwnerId { get; init; }

    /// <summary>The slots that are to have a slice, so that whoever takes the pool over knows what it is meant to be.</summary>
    public required IReadOnlyList<int> Slots { get; init; }

    /// <summary>When it was signed, Unix milliseconds.</summary>
    public required long IssuedMs { get; init; }

    /// <summary>When it ends, Unix milliseconds by the host's clock.</summary>
    public required long UntilMs { get; init; }

    /// <summary>The longest that a pool may be kept.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromDays(30);

    /// <summary>Whether it keeps that pool of that owner now.</summary>
    public bool Keeps(string fleet, string pool, string ownerId, DateTimeOffset now) =>
        Fleet == fleet && Pool == pool && OwnerId == ownerId
        && IssuedMs >= 0 && UntilMs - IssuedMs <= (long)Longest.TotalMilliseconds
        && now.ToUnixTimeMilliseconds() < UntilMs
        && IssuedMs - (long)CommandLifetime.Skew.TotalMilliseconds <= now.ToUnixTimeMilliseconds();
}
