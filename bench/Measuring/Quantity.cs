namespace Eformer.Pool.Bench.Measuring;

/// <summary>A number with its unit: not all that is measured is time.</summary>
/// <param name="Value">The number.</param>
/// <param name="Unit"><see cref="Ms"/> or <see cref="MiB"/>.</param>
internal readonly record struct Quantity(double Value, string Unit)
{
    /// <summary>Milliseconds.</summary>
    public const string Ms = "ms";

    /// <summary>2^20 bytes.</summary>
    public const string MiB = "MiB";

    private const double BytesPerMiB = 1 << 20;

    /// <summary>A duration.</summary>
    public static Quantity Of(TimeSpan duration) => new(duration.TotalMilliseconds, Ms);

    /// <summary>An amount of memory.</summary>
    public static Quantity OfBytes(long bytes) => new(bytes / BytesPerMiB, MiB);
}
