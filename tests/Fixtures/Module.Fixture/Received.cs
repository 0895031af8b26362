using System.Collections.Immutable;

namespace Eformer.Pool.Module.Fixture;

/// <summary>Functions that hosts really run, with cmdlets that the generator makes: they tell what arrived.</summary>
public static partial class Received
{
    /// <summary>Tells of collections of each kind.</summary>
    [RemoteFunction(Cmdlet = "Measure-Collection")]
    public static string Collections(
        IReadOnlyList<string> list, IList<int> numbers, ICollection<string> collection, IReadOnlyCollection<int> readOnly, IEnumerable<string> items,
        ISet<int> set, ImmutableArray<double> array, ImmutableList<int> immutable, Names names) => string.Join(
            "; ",
            string.Join(",", list), string.Join(",", numbers), string.Join(",", collection), string.Join(",", readOnly), string.Join(",", items),
            string.Join(",", set.Order()), string.Join(",", array), string.Join(",", immutable), string.Join(",", names));

    /// <summary>Tells of what may be nothing.</summary>
    [RemoteFunction(Cmdlet = "Measure-Nothing")]
    public static string Nothings(string? note, string[]? names, int? count, string text, string[] words, IReadOnlyList<string> list) =>
        $"{note ?? "null"}; {names?.Length.ToString() ?? "null"}; {count?.ToString() ?? "null"}; '{text}'; {words.Length}: {string.Join(",", words)}; {list.Count}";
}
