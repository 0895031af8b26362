namespace Eformer.Pool.Placement;

/// <summary>What can be placed now.</summary>
/// <param name="Slices">Slices that can be, lowest slot first; maybe fewer than asked for.</param>
/// <param name="Reason">Why not more, in one sentence; empty when all can be.</param>
public sealed record PlacementPlan(IReadOnlyList<SlicePlacement> Slices, string Reason);
