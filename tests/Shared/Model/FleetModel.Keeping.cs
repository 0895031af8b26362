using Eformer.Pool.Store;

namespace Eformer.Pool.Testing.Model;

// keep.lua, adopt.lua, suspend.lua and resume.lua
public sealed partial record FleetModel
{
    /// <summary>An agent's renewal of a kept pool's lease, unless somebody else was quicker.</summary>
    public (FleetModel Next, bool Kept) Keep(string poolName, string owner, string leaseId, long seenRenewals, int ttlMs, long now)
    {
        LeaseModel? lease = Unlapsed(leaseId, now);
        PoolModel? pool = Pools.GetValueOrDefault(poolName);
        if (lease?.Grant.OwnerId != owner || lease.Renewals != seenRenewals || pool?.OwnerId != owner || pool.Expiry <= now)
        {
            return (this, false);
        }

        FleetModel next = this with
        {
            Leases = Leases.SetItem(leaseId, lease with { Expiry = now + ttlMs, Renewals = seenRenewals + 1 }),
            Pools = Pools.SetItem(poolName, pool with { Expiry = Math.Max(pool.Expiry, now + ttlMs) }),
        };
        return (next, true);
    }

    /// <summary>Takes a kept pool over whose driver is gone.</summary>
    public (FleetModel Next, AdoptStatus Status) Adopt(AdoptRequest request, long now)
    {
        PoolModel? pool = Pools.GetValueOrDefault(request.Pool);
        if (pool is null || pool.Expiry <= now)
        {
            return (this, AdoptStatus.Gone);
        }

        if (pool.OwnerId == request.OwnerId)
        {
            return (this, AdoptStatus.Adopted);
        }

        return pool.OwnerId != request.FormerOwnerId || pool.AttendedUntil > now || pool.Keep.IsEmpty
            ? (this, AdoptStatus.Attended)
            : (Adopted(request, pool, now), AdoptStatus.Adopted);
    }

    /// <summary>Says what a pool asks for. Since when stays while the same owner asks.</summary>
    public FleetModel Publish(DemandRecord demand, long now)
    {
        DemandRecord? former = Demands.GetValueOrDefault(demand.Pool);
        long since = former?.OwnerId == demand.OwnerId ? former.SinceMs : now;
        return Pools.GetValueOrDefault(demand.Pool)?.OwnerId == demand.OwnerId
            ? this with { Demands = Demands.SetItem(demand.Pool, demand with { SinceMs = since }) }
            : this;
    }

    /// <summary>Says that a pool asks no more.</summary>
    public FleetModel Withdraw(string pool, string owner) =>
        Demands.GetValueOrDefault(pool)?.OwnerId == owner ? this with { Demands = Demands.Remove(pool) } : this;

    /// <summary>Keeps placements off hosts.</summary>
    public FleetModel Suspend(SuspendRequest request, long now) => this with
    {
        Suspended = Suspended.SetItems(request.Hosts.Select(host =>
            KeyValuePair.Create(host, new SuspensionModel(request.By, request.Reason, now, now + request.WithinMs)))),
    };

    /// <summary>Allows placements on hosts again.</summary>
    public (FleetModel Next, int Resumed) Resume(IReadOnlyList<string> hosts)
    {
        FleetModel next = this with { Suspended = Suspended.RemoveRange(hosts) };
        return (next, Suspended.Count - next.Suspended.Count);
    }

    // As FleetReader has it: a demand counts while its owner has a pool.
    private bool Owns(DemandRecord demand, long now) => Pools.Values.Any(pool => pool.OwnerId == demand.OwnerId && pool.Expiry > now);

    // The wish was signed for the former owner.
    private FleetModel Adopted(AdoptRequest request, PoolModel pool, long now)
    {
        long ends = now + request.TtlMs;
        return this with
        {
            Pools = Pools.SetItem(request.Pool, new PoolModel(request.OwnerId, request.Owner, pool.Created, ends, ends) { Keep = pool.Keep }),
            Leases = Leases.SetItems(request.Leases
                .Where(wanted => Unlapsed(wanted.Key, now)?.Grant.OwnerId == request.FormerOwnerId)
                .Select(wanted => KeyValuePair.Create(wanted.Key, Leases[wanted.Key] with
                {
                    Grant = wanted.Value, Expiry = ends, Renewals = Leases[wanted.Key].Renewals + 1,
                }))),
        };
    }
}
