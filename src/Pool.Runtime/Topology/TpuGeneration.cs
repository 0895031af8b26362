namespace Eformer.Pool.Topology;

/// <summary>One line of the table of TPU types: how a generation is named and built.</summary>
/// <remarks>
/// Source: Google Cloud's pages <c>tpu/docs/v2</c>, <c>v3</c>, <c>v4</c>, <c>v5e</c>, <c>v5p</c>, <c>v6e</c> and <c>types-zones</c>,
/// and for the number of machines the tables of Levanter (<c>TPU_CONFIGS</c>) and Marin (<c>TPU_TOPOLOGIES</c>), as stored in 2026.
/// A v4 or v5p slice beyond 64 cores is made of whole cubes of 4 × 4 × 4 chips, so every multiple of 128 cores is taken for a type,
/// up to the largest that one job can have.
/// </remarks>
/// <param name="Name">Its name: <c>v5e</c>.</param>
/// <param name="CoresPerChip">TensorCores of a chip.</param>
/// <param name="NamedByCores">Whether the number in a type's name counts TensorCores; else it counts chips.</param>
/// <param name="OneHostChips">The most chips one host has: types of up to so many chips are one host.</param>
/// <param name="Sizes">The numbers that occur in its types' names, ascending.</param>
internal sealed record TpuGeneration(string Name, int CoresPerChip, bool NamedByCores, int OneHostChips, IReadOnlyList<int> Sizes)
{
    // Of every generation: what has more than one host has four chips on each.
    private const int ChipsPerHost = 4;
    private const int CoresPerCube = 128;

    /// <summary>The table.</summary>
    public static IReadOnlyList<TpuGeneration> All { get; } =
    [
        new("v2", 2, true, 4, [8, 32, 128, 256, 512]),
        new("v3", 2, true, 4, [8, 32, 64, 128, 256, 512, 1024, 2048]),
        new("v4", 2, true, 4, [8, 16, 32, 64, .. Cubes(8192)]),
        new("v5e", 1, false, 8, [1, 4, 8, 16, 32, 64, 128, 256]),
        new("v5p", 2, true, 4, [8, 16, 32, 64, .. Cubes(12288)]),
        new("v6e", 1, false, 8, [1, 4, 8, 16, 32, 64, 128, 256]),
    ];

    /// <summary>The type of a size of this generation.</summary>
    public TpuType Type(int size)
    {
        int chips = NamedByCores ? size / CoresPerChip : size;
        int perHost = chips <= OneHostChips ? chips : ChipsPerHost;
        return new TpuType($"{Name}-{size}", Name, chips, chips / perHost, perHost, chips * CoresPerChip);
    }

    private static IEnumerable<int> Cubes(int most) => Enumerable.Range(1, most / CoresPerCube).Select(cubes => cubes * CoresPerCube);
}
