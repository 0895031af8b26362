namespace Eformer.Pool.Placement;

/// <summary>What a pool wants to have placed.</summary>
public sealed record PlacementRequest
{
    /// <summary>Name of the pool; logical slices are named after it.</summary>
    public required string Pool { get; init; }

    /// <summary>Its owner, so that what it holds itself is told from what others hold.</summary>
    public required string OwnerId { get; init; }

    /// <summary>What its slices are like.</summary>
    public required SliceShape Shape { get; init; }

    /// <summary>The slots to fill, in any order, none of them twice.</summary>
    public required IReadOnlyList<SlotRequest> Slots { get; init; }
}
