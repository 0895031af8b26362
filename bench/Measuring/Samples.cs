namespace Eformer.Pool.Bench.Measuring;

/// <summary>Samples of the same thing, all in one unit.</summary>
/// <param name="unit">The unit.</param>
internal sealed class Samples(string unit)
{
    private readonly List<double> _sorted = [];

    /// <summary>Their unit.</summary>
    public string Unit => unit;

    /// <summary>How many there are.</summary>
    public int Count => _sorted.Count;

    /// <summary>Adds one.</summary>
    public void Add(double value)
    {
        int at = _sorted.BinarySearch(value);
        _sorted.Insert(at < 0 ? ~at : at, value);
    }

    /// <summary>The smallest sample that at least a share of all do not exceed; NaN when there are none.</summary>
    /// <param name="share">From 0 to 1: 0.5 for the median.</param>
    public double Percentile(double share) =>
        Count == 0 ? double.NaN : _sorted[Math.Clamp((int)Math.Ceiling(share * Count) - 1, 0, Count - 1)];
}
