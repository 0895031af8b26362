namespace Eformer.Pool.Envelopes;

/// <summary>How long a signed command is valid, and how far clocks may differ.</summary>
/// <remarks>Values of Munge's and of DESIGN's section on trust: five minutes at most, thirty seconds of skew.</remarks>
public static class CommandLifetime
{
    /// <summary>The longest lifetime.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <summary>How far the clocks of driver and host may differ.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    /// <summary>Whether a command signed and expiring then is valid now.</summary>
    public static bool IsValid(long issuedMs, long expiresMs, DateTimeOffset now)
    {
        long nowMs = now.ToUnixTimeMilliseconds();
        long skew = (long)Skew.TotalMilliseconds;
        return issuedMs >= 0 && expiresMs >= issuedMs && expiresMs - issuedMs <= (long)Longest.TotalMilliseconds
            && issuedMs - skew <= nowMs && nowMs <= expiresMs + skew;
    }
}
