namespace Eformer.Pool.HostWorker.RuntimeEnvironments;

/// <summary>What a cache keeps.</summary>
/// <param name="MaxAge">How long after it was last used.</param>
/// <param name="MaxBytes">How much in all; what is in use may make it more.</param>
internal sealed record CacheLimits(TimeSpan MaxAge, long MaxBytes)
{
    /// <summary>Seven days and 10 GiB.</summary>
    public static CacheLimits Default { get; } = new(TimeSpan.FromDays(7), 10L * 1024 * 1024 * 1024);
}
