using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

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
            string.Join(",", set.Order()), string.Join(",", array.Select(number => number.ToString(CultureInfo.InvariantCulture))), string.Join(",", immutable), string.Join(",", names));

    /// <summary>Tells of what may be nothing.</summary>
    [RemoteFunction(Cmdlet = "Measure-Nothing")]
    public static string Nothings(string? note, string[]? names, int? count, string text, string[] words, IReadOnlyList<string> list) =>
        $"{note ?? "null"}; {names?.Length.ToString() ?? "null"}; {count?.ToString() ?? "null"}; '{text}'; {words.Length}: {string.Join(",", words)}; {list.Count}";

    /// <summary>Tells of JSON of any kind.</summary>
    [RemoteFunction(Cmdlet = "Measure-Json")]
    public static string Jsons(JsonElement any, JsonNode? node, JsonObject table) => $"{any.GetRawText()} {node?.ToJsonString() ?? "null"} {table.ToJsonString()}";

    /// <summary>Tells of bytes.</summary>
    [RemoteFunction(Cmdlet = "Measure-Byte")]
    public static string Bytes(byte[] array, ReadOnlyMemory<byte> memory) => $"{Convert.ToHexString(array)} {Convert.ToHexString(memory.Span)}";

    /// <summary>Tells of items that may be nothing.</summary>
    [RemoteFunction(Cmdlet = "Measure-Item")]
    public static string Items(string?[] words, IReadOnlyList<int?> numbers, List<string?>? perhaps) =>
        $"{Told(words)}; {Told(numbers)}; {(perhaps is null ? "null" : Told(perhaps))}";

    /// <summary>Tells of shapes.</summary>
    [RemoteFunction(Cmdlet = "Measure-Figure")]
    public static string Figures(Figure[] figures) => string.Join(", ", figures.Select(figure => figure.ToString()));

    /// <summary>Tells of its own assembly, as resources are looked for.</summary>
    [RemoteFunction(Cmdlet = "Get-Self")]
    public static string Self() => typeof(Received).Assembly.GetCustomAttribute<AssemblyTitleAttribute>()?.Title ?? "none";

    private static string Told<T>(IEnumerable<T> items) => string.Join(",", items.Select(static item => item?.ToString() ?? "null"));
}
