namespace Eformer.Pool.Placement;

/// <summary>A slot of a pool that wants a slice.</summary>
/// <param name="Slot">The slot, from 0.</param>
/// <param name="FormerHosts">Keys of the hosts that a lost slice in this slot had, by host id; empty for a new slot.</param>
public sealed record SlotRequest(int Slot, IReadOnlyList<string> FormerHosts);
