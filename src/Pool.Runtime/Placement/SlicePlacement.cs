using Eformer.Pool.Store;

namespace Eformer.Pool.Placement;

/// <summary>Where one slice is to be.</summary>
/// <param name="Slot">Its slot in the pool.</param>
/// <param name="SliceName">Its name.</param>
/// <param name="Hosts">Its hosts; position is host id.</param>
public sealed record SlicePlacement(int Slot, string SliceName, IReadOnlyList<HostRecord> Hosts);
