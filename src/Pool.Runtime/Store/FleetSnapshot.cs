namespace Eformer.Pool.Store;

/// <summary>A fleet at one moment.</summary>
/// <param name="Generation">The store's generation; empty in an empty store.</param>
/// <param name="Hosts">Every registered host, by key.</param>
/// <param name="Leases">Every lease, lapsed ones not yet reaped included.</param>
/// <param name="Pools">Every pool, likewise.</param>
public sealed record FleetSnapshot(
    string Generation,
    IReadOnlyList<HostRecord> Hosts,
    IReadOnlyList<LeaseRecord> Leases,
    IReadOnlyList<PoolRecord> Pools)
{
    /// <summary>What living pools are asking for, oldest first.</summary>
    public IReadOnlyList<DemandRecord> Demands { get; init; } = [];

    /// <summary>
    /// Milliseconds for which a host that is not alive may only not have been heard again since the store was restarted or replaced;
    /// 0 when silence means what it says.
    /// </summary>
    public long RecoveringMs { get; init; }
}
