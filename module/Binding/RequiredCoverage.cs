using System.Globalization;

namespace Eformer.Pool.Module.Binding;

/// <summary>How many of a run's hosts must succeed: <c>All</c>, a whole <c>Slice</c>, or a share of them in percent.</summary>
public sealed class RequiredCoverage
{
    private const double Least = 1;
    private const double Most = 100;

    private readonly string _text;
    private readonly double? _percent;
    private readonly bool _slice;

    /// <summary>Reads <c>All</c>, <c>Slice</c>, <c>75%</c> or <c>75</c>.</summary>
    /// <exception cref="ArgumentException">It is none of them.</exception>
    public RequiredCoverage(string text)
    {
        string word = (text ?? "").Trim();
        _slice = word.Equals("Slice", StringComparison.OrdinalIgnoreCase);
        _percent = _slice ? null : word.Equals("All", StringComparison.OrdinalIgnoreCase) ? Most : Check(Number(word), word);
        _text = _slice ? "Slice" : _percent == Most ? "All" : Percent(_percent!.Value);
    }

    /// <summary>A share of the hosts, in percent, 1 to 100.</summary>
    /// <exception cref="ArgumentException">It is below or above.</exception>
    public RequiredCoverage(int percent) : this((double)percent) { }

    /// <summary>A share of the hosts, in percent, 1 to 100.</summary>
    /// <exception cref="ArgumentException">It is below or above.</exception>
    public RequiredCoverage(double percent) : this(percent.ToString("R", CultureInfo.InvariantCulture)) { }

    /// <summary>Whether that many hosts or slices are enough.</summary>
    /// <param name="succeeded">Hosts that succeeded.</param>
    /// <param name="hosts">Hosts there were.</param>
    /// <param name="wholeSlices">Slices all of whose hosts succeeded.</param>
    internal bool IsMet(int succeeded, int hosts, int wholeSlices) =>
        _slice ? wholeSlices > 0 : hosts > 0 && succeeded * Most >= _percent!.Value * hosts;

    /// <summary>It in words, for messages.</summary>
    internal string Describe() => _slice ? "one whole slice is required" : _percent == Most ? "all are required" : $"{_text} are required";

    /// <inheritdoc/>
    public override string ToString() => _text;

    private static double Number(string word) =>
        double.TryParse(word.TrimEnd('%').TrimEnd(), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : throw Wrong(word);

    private static double Check(double percent, string word) => percent is >= Least and <= Most ? percent : throw Wrong(word);

    private static string Percent(double percent) => percent.ToString("0.##", CultureInfo.InvariantCulture) + " %";

    private static ArgumentException Wrong(string word) =>
        new($"'{Topology.PoolName.Printable(word)}' is no coverage: give All, Slice, or a share of the hosts from 1% to 100%.");
}
