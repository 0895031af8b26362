namespace Eformer.Pool;

/// <summary>How a pool is scaled.</summary>
public sealed record ScaleOptions
{
    /// <summary>
    /// How long to wait for capacity; zero to be refused at once, null for <c>EFORMER_SCALE_ADD_TIMEOUT_S</c>. What is possible now is
    /// taken without waiting.
    /// </summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Is told why there is no capacity yet, each time that is looked at.</summary>
    public IProgress<ScaleWait>? Progress { get; init; }

    /// <summary>Refused at once when it is not possible now.</summary>
    public static ScaleOptions Now { get; } = new() { Timeout = TimeSpan.Zero };
}
