using Eformer.Pool.Store;

namespace Eformer.Pool;

/// <summary>What a pool waits for.</summary>
/// <param name="Pool">Name of the pool.</param>
/// <param name="Owner">Who owns it, for people.</param>
/// <param name="Sizes">The valid sizes it asked for, ascending.</param>
/// <param name="Held">Slices it has.</param>
/// <param name="HostsPerSlice">Hosts in each slice.</param>
/// <param name="TpuType">Type of the slices, or empty.</param>
/// <param name="Selector">The labels hosts must have, or empty.</param>
/// <param name="Strategy">How hosts must lie.</param>
/// <param name="Since">Since when, local time.</param>
/// <param name="Reason">Why it cannot be met now.</param>
public sealed record PoolDemand(
    string Pool,
    string Owner,
    IReadOnlyList<int> Sizes,
    int Held,
    int HostsPerSlice,
    string TpuType,
    string Selector,
    PlacementStrategy Strategy,
    DateTime Since,
    string Reason)
{
    /// <summary>Slices missing to the smallest valid size.</summary>
    public int Missing => Math.Max(0, Sizes.DefaultIfEmpty(0).Min() - Held);

    internal static PoolDemand From(DemandRecord demand) => new(
        demand.Pool, demand.Owner, demand.Sizes, demand.Held, demand.HostsPerSlice, demand.TpuType, demand.Selector, demand.Strategy,
        DateTimeOffset.FromUnixTimeMilliseconds(demand.SinceMs).LocalDateTime, demand.Reason);
}
