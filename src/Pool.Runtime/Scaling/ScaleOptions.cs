namespace Eformer.Pool;

/// <summary>How a pool is scaled.</summary>
public sealed record ScaleOptions
{
    /// <summary>
    /// How long to wait for capacity; zero to be refused at once, null for <c>EFORMER_SCALE_ADD_TIMEOUT_S</c>. What is possible now is
    /// taken without waiting.
    /// </summary>
    /// <exception cref="SlicePoolException"><c>InvalidTimeout</c> when it is below zero.</exception>
    public TimeSpan? Timeout
    {
        get;
        init => field = value is null || value >= TimeSpan.Zero ? value : throw new SlicePoolException(
            "InvalidTimeout", PoolErrorCategory.InvalidArgument, $"Nobody can wait {value.Value.TotalSeconds:0.###} seconds for capacity.",
            "Give a time from zero, which is to be refused at once, or none for EFORMER_SCALE_ADD_TIMEOUT_S.");
    }

    /// <summary>Is told why there is no capacity yet, each time that is looked at.</summary>
    public IProgress<ScaleWait>? Progress { get; init; }

    /// <summary>Refused at once when it is not possible now.</summary>
    public static ScaleOptions Now { get; } = new() { Timeout = TimeSpan.Zero };
}
