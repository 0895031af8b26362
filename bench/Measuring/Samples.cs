namespace Eformer.Pool.Bench.Measuring;

/// <summary>Durations of the same work, in milliseconds.</summary>
internal sealed class Samples
{
    private readonly List<double> _sorted = [];

    /// <summary>How many there are.</summary>
    public int Count => _sorted.Count;

    /// <summary>Adds one.</summary>
    public void Add(TimeSpan duration)
    {
        double value = duration.TotalMilliseconds;
        int at = _sorted.BinarySearch(value);
        _sorted.Insert(at < 0 ? ~at : at, value);
    }

    /// <summary>The smallest sample that at least a share of all do not exceed; NaN when there are none.</summary>
    /// <param name="share">From 0 to 1: 0.5 for the median.</param>
    public double Percentile(double share) =>
        Count == 0 ? double.NaN : _sorted[Math.Clamp((int)Math.Ceiling(share * Count) - 1, 0, Count - 1)];
}
