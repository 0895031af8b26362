using System.Collections.Concurrent;
using Eformer.Pool.Store;

namespace Eformer.Pool;

/// <summary>The pools there are: those of this process, and those of a store. Thread-safe.</summary>
public static class SlicePoolDirectory
{
    private static readonly ConcurrentDictionary<string, SlicePool> s_owned = new(StringComparer.Ordinal);

    /// <summary>Every pool that this process owns, by name.</summary>
    public static IReadOnlyList<SlicePool> Owned => [.. s_owned.Values.OrderBy(pool => pool.Name, StringComparer.Ordinal)];

    /// <summary>Every pool in a store's fleet. Those of this process are the owned objects themselves.</summary>
    /// <exception cref="SlicePoolException">The store's errors; see <see cref="StoreLoader"/>.</exception>
    public static async Task<IReadOnlyList<SlicePool>> ListAsync(StoreOptions options, CancellationToken cancellationToken = default)
    {
        await using IPoolStore store = await StoreLoader.OpenAsync(options, cancellationToken);
        FleetSnapshot fleet = await store.ReadFleetAsync(cancellationToken);
        return [.. fleet.Pools.Where(pool => pool.RemainingMs > 0).OrderBy(pool => pool.Name, StringComparer.Ordinal)
            .Select(pool => FindOwned(pool) ?? Describe(pool, fleet, store))];
    }

    internal static void Add(SlicePool pool) => s_owned[Key(pool.Fleet, pool.Name)] = pool;

    internal static void Remove(SlicePool pool) => s_owned.TryRemove(KeyValuePair.Create(Key(pool.Fleet, pool.Name), pool));

    private static string Key(string fleet, string name) => fleet + "/" + name;

    private static SlicePool? FindOwned(PoolRecord record) =>
        s_owned.Values.FirstOrDefault(pool => pool.GetManager().OwnerId == record.OwnerId);

    private static SlicePool Describe(PoolRecord record, FleetSnapshot fleet, IPoolStore store)
    {
        LeaseRecord[] leases = [.. fleet.Leases.Where(lease => lease.Grant.OwnerId == record.OwnerId && lease.RemainingMs > 0)];
        return new SlicePool(
            record.Name,
            store.Fleet,
            store.Endpoint,
            record.Owner,
            DateTimeOffset.FromUnixTimeMilliseconds(record.CreatedMs),
            leases.Length == 0 ? PoolState.Empty : PoolState.Active,
            leases.Length,
            leases.Length == 0 ? 0 : leases[0].Grant.Hosts.Count);
    }
}
