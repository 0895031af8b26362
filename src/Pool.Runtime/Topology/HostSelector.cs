using Eformer.Pool.Topology;

namespace Eformer.Pool;

/// <summary>Which hosts are wanted, by label. Every label must have one of its values; values may have wildcards <c>*</c> and <c>?</c>.</summary>
/// <remarks>
/// Labels and values compare ordinally, ignoring case, as PowerShell's do. A host that has not the label does not match, not even
/// <c>*</c>. Two selectors of the same labels and values are equal, in whatever order they were given.
/// </remarks>
public sealed class HostSelector : IEquatable<HostSelector>
{
    /// <summary>The most labels, and the most values of one.</summary>
    public const int MostEntries = 64;

    /// <summary>The longest label or value, in characters.</summary>
    public const int LongestText = 256;

    private static readonly StringComparer s_comparer = StringComparer.OrdinalIgnoreCase;
    private readonly KeyValuePair<string, string[]>[] _pairs;
    private readonly string _text;

    /// <summary>Makes a selector.</summary>
    /// <param name="patterns">The values allowed for each label; none at all matches every host.</param>
    /// <exception cref="SlicePoolException"><c>InvalidSelector</c>: a label without name or values, given twice, or too many or too long.</exception>
    public HostSelector(IReadOnlyDictionary<string, IReadOnlyList<string>> patterns)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        Check(patterns.Count <= MostEntries, $"it has {patterns.Count} labels", patterns);
        _pairs = [.. patterns.Select(pair => Pair(pair.Key, pair.Value)).OrderBy(pair => pair.Key, s_comparer)];
        string? twice = _pairs.GroupBy(pair => pair.Key, s_comparer).FirstOrDefault(same => same.Count() > 1)?.Key;
        Check(twice is null, $"the label '{PoolName.Printable(twice)}' is given twice", patterns);
        _text = string.Join(',', _pairs.Select(pair => $"{pair.Key}={string.Join('|', pair.Value)}"));
    }

    /// <summary>Matches every host.</summary>
    public static HostSelector Any { get; } = new(new Dictionary<string, IReadOnlyList<string>>());

    /// <summary>Whether every host matches.</summary>
    public bool IsEmpty => _pairs.Length == 0;

    /// <summary>Labels and values as they can be given to the constructor.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Patterns => _pairs.ToDictionary(pair => pair.Key, pair => (IReadOnlyList<string>)pair.Value, s_comparer);

    /// <summary>The labels it looks at.</summary>
    public IReadOnlyList<string> Labels => [.. _pairs.Select(pair => pair.Key)];

    /// <summary>Whether a host with these labels is wanted.</summary>
    public bool Matches(IReadOnlyDictionary<string, string> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        foreach ((string label, string[] values) in _pairs)
        {
            if (ValueOf(labels, label) is not string value || !Array.Exists(values, pattern => Wildcard.Fits(pattern, value)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Labels and values in order: <c>gpu=h100,zone=a*|b*</c>; empty when every host matches.</summary>
    public override string ToString() => _text;

    /// <inheritdoc/>
    public bool Equals(HostSelector? other) => other is not null
        && _pairs.Length == other._pairs.Length
        && _pairs.Zip(other._pairs).All(both =>
            s_comparer.Equals(both.First.Key, both.Second.Key) && both.First.Value.SequenceEqual(both.Second.Value, s_comparer));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as HostSelector);

    /// <inheritdoc/>
    public override int GetHashCode() => s_comparer.GetHashCode(_text);

    /// <summary>The value of a label, whatever case its name is in; null when there is none.</summary>
    internal static string? ValueOf(IReadOnlyDictionary<string, string> labels, string label) =>
        labels.TryGetValue(label, out string? value) ? value : labels.FirstOrDefault(pair => s_comparer.Equals(pair.Key, label)).Value;

    private static KeyValuePair<string, string[]> Pair(string label, IReadOnlyList<string>? values)
    {
        Check(!string.IsNullOrWhiteSpace(label), "a label has no name", label);
        string shown = PoolName.Printable(label);
        Check(label.Length <= LongestText, $"the label '{shown}' is too long", label);
        Check(values is { Count: > 0 }, $"the label '{shown}' has no value", label);
        Check(values!.Count <= MostEntries, $"the label '{shown}' has {values.Count} values", label);
        Check(values.All(value => value is not null), $"a value of the label '{shown}' is null", label);
        Check(values.All(value => value.Length <= LongestText), $"a value of the label '{shown}' is too long", label);
        return new(label, [.. values.Distinct(s_comparer).Order(s_comparer)]);
    }

    private static void Check(bool holds, string fault, object? target)
    {
        if (!holds)
        {
            throw new SlicePoolException(
                "InvalidSelector",
                PoolErrorCategory.InvalidArgument,
                $"The selector cannot be used: {fault}.",
                $"Give labels and values such as @{{ gpu = 'h100'; zone = 'a*', 'b*' }}: at most {MostEntries} labels, as many values, {LongestText} characters each.",
                target);
        }
    }
}
