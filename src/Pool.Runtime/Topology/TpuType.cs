using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Eformer.Pool.Topology;

namespace Eformer.Pool;

/// <summary>A type of TPU slice: what it is called and what it is made of.</summary>
/// <param name="Name">Its name as printed here and compared: <c>v5e-16</c>, also where Google writes <c>v5litepod-16</c>.</param>
/// <param name="Generation">Its generation: <c>v5e</c>.</param>
/// <param name="Chips">Chips in the slice.</param>
/// <param name="HostCount">Hosts in the slice.</param>
/// <param name="ChipsPerHost">Chips of each host.</param>
/// <param name="Cores">TensorCores in the slice.</param>
/// <remarks>
/// Names of v2, v3, v4 and v5p count TensorCores, of which a chip has two; names of v5e and v6e count chips. The table and where it
/// comes from are in <c>TpuGeneration</c>.
/// </remarks>
public sealed record TpuType(string Name, string Generation, int Chips, int HostCount, int ChipsPerHost, int Cores)
{
    private const string GoogleV5e = "v5litepod-";
    private const int NearTypes = 4;
    private const int LongestName = 32;

    private static readonly Dictionary<string, TpuType> s_byName = TpuGeneration.All
        .SelectMany(generation => generation.Sizes.Select(generation.Type))
        .ToDictionary(type => type.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Every type there is, by generation and size.</summary>
    public static IReadOnlyList<TpuType> All { get; } =
        [.. TpuGeneration.All.SelectMany(generation => generation.Sizes.Select(size => s_byName[$"{generation.Name}-{size}"]))];

    /// <summary>Finds a type by its name; upper and lower case are the same.</summary>
    /// <exception cref="SlicePoolException"><c>UnknownTpuType</c>; its advice names types that are near.</exception>
    public static TpuType Parse(string? text) =>
        TryParse(text, out TpuType? type)
            ? type
            : throw new SlicePoolException(
                "UnknownTpuType",
                PoolErrorCategory.InvalidArgument,
                $"'{PoolName.Printable(text)}' is not a TPU type. Near ones are {string.Join(", ", Near(text ?? "").Select(near => near.Name))}.",
                "Name a type as Google Cloud does, for example v5e-16 (or v5litepod-16), v5p-8, v6e-256.",
                text);

    /// <summary>Finds a type by its name; upper and lower case are the same.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out TpuType? type)
    {
        type = null;
        return text is not null && s_byName.TryGetValue(Canonical(text), out type);
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    private static string Canonical(string text) =>
        text.StartsWith(GoogleV5e, StringComparison.OrdinalIgnoreCase) ? "v5e-" + text[GoogleV5e.Length..] : text;

    // Who names a generation has its size wrong; who does not has mistyped something.
    private static IEnumerable<TpuType> Near(string text)
    {
        string name = Canonical(text.Length > LongestName ? text[..LongestName] : text);
        string[] parts = name.Split('-', 2);
        _ = int.TryParse(parts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out int size);
        TpuType[] same = [.. All.Where(type => string.Equals(type.Generation, parts[0], StringComparison.OrdinalIgnoreCase))];
        return same.Length > 0
            ? same.OrderBy(type => Math.Abs((long)Size(type) - size)).Take(NearTypes).OrderBy(Size)
            : All.OrderBy(type => EditDistance.Between(name, type.Name)).Take(NearTypes);
    }

    private static int Size(TpuType type) => int.Parse(type.Name.AsSpan(type.Generation.Length + 1), CultureInfo.InvariantCulture);
}
