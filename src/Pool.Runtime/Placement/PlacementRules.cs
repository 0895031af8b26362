namespace Eformer.Pool.Placement;

/// <summary>What one attempt at a plan cares for, besides what every plan must have.</summary>
/// <param name="KeepFormer">A lost slice's slot gets back those of its hosts that are free.</param>
/// <param name="SpareNamed">Hosts of physical slices are not used for logical ones.</param>
/// <param name="WholeFirst">Whole physical slices are used as such even when they are no TPU slices.</param>
internal sealed record PlacementRules(bool KeepFormer, bool SpareNamed, bool WholeFirst)
{
    /// <summary>
    /// The attempts, the best kind of plan first. The last one cares for nothing but the number of slices, and no plan has more: so
    /// what fits is always found.
    /// </summary>
    public static IReadOnlyList<PlacementRules> BestFirst { get; } =
    [
        new(KeepFormer: true, SpareNamed: true, WholeFirst: true),
        new(KeepFormer: true, SpareNamed: false, WholeFirst: true),
        new(KeepFormer: true, SpareNamed: false, WholeFirst: false),
        new(KeepFormer: false, SpareNamed: false, WholeFirst: false),
    ];
}
