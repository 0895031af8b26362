using System.Collections.Immutable;
using Eformer.Pool.Store;

namespace Eformer.Pool.Testing.Model;

// acquire.lua, renew.lua, release.lua and reap.lua
public sealed partial record FleetModel
{
    // As ReapOperation has them.
    private const int ReapBatch = 64;
    private const long AgentGraceMs = 60 * 60 * 1000;

    /// <summary>Leases all hosts of one slice, or none.</summary>
    public (FleetModel Next, AcquireReply Reply) Acquire(AcquireRequest request, string nonce, long now)
    {
        LeaseGrant grant = request.Grant;
        if (Leases.TryGetValue(request.LeaseId, out LeaseModel? lease))
        {
            return (this, new AcquireReply(AcquireStatus.Granted, lease.Epoch, lease.Generation, ""));
        }

        if (OtherOwner(grant.Pool, grant.OwnerId, now) is { } other)
        {
            return (this, new AcquireReply(AcquireStatus.PoolInUse, 0, "", other));
        }

        if (grant.Hosts.FirstOrDefault(name => !IsFree(name, now)) is { } taken)
        {
            return (this, new AcquireReply(AcquireStatus.Conflict, 0, "", taken));
        }

        // A counter that was lost is made good by the fences.
        long epoch = grant.Hosts.Select(name => Hosts[name].FenceEpoch).Append(Epoch).Max() + 1;
        FleetModel next = Granted(request, epoch, Generation.Length == 0 ? nonce : Generation, now);
        return (next, new AcquireReply(AcquireStatus.Granted, epoch, next.Generation, ""));
    }

    /// <summary>Extends a pool and its leases; makes the pool where there is none, or where its owner let it lapse.</summary>
    public (FleetModel Next, RenewReply Reply) Renew(RenewRequest request, string nonce, long now)
    {
        if (OtherOwner(request.Pool, request.OwnerId, now) is not null)
        {
            return (this, new RenewReply(false, []));
        }

        string[] renewed = [.. request.LeaseIds.Where(id => Unlapsed(id, now)?.Grant.OwnerId == request.OwnerId)];
        PoolModel? former = Pools.GetValueOrDefault(request.Pool);
        PoolModel pool = Owned(request.Pool, request.OwnerId, request.Owner, now, request.TtlMs) with
        {
            Owner = former?.OwnerId == request.OwnerId ? former.Owner : request.Owner,
            AttendedUntil = request.Attended ? now + request.TtlMs : now,
            Keep = request.Keep,
        };
        FleetModel next = this with
        {
            Generation = Generation.Length == 0 ? nonce : Generation,
            Pools = Pools.SetItem(request.Pool, pool),
            Leases = renewed.Aggregate(Leases, (leases, id) =>
                leases.SetItem(id, leases[id] with { Expiry = now + request.TtlMs, Renewals = leases[id].Renewals + 1 })),
        };
        return (next, new RenewReply(true, renewed));
    }

    /// <summary>Gives leases back. Leases that are gone, or not the owner's, are passed over.</summary>
    public FleetModel Release(ReleaseRequest request)
    {
        FleetModel next = Reclaim([.. request.LeaseIds.Where(id => Leases.GetValueOrDefault(id)?.Grant.OwnerId == request.OwnerId).Distinct(StringComparer.Ordinal)]);
        bool forget = request.ForgetPool && Pools.GetValueOrDefault(request.Pool)?.OwnerId == request.OwnerId;
        return forget ? next with { Pools = Pools.Remove(request.Pool), Demands = Demands.Remove(request.Pool) } : next;
    }

    /// <summary>Removes what has lapsed.</summary>
    public (FleetModel Next, int Removed) Reap(long now)
    {
        string[] leases = Lapsed(Leases.Select(lease => (lease.Key, lease.Value.Expiry)), now);
        string[] pools = Lapsed(Pools.Select(pool => (pool.Key, pool.Value.Expiry)), now);
        string[] agents = Lapsed(Beats.Select(beat => (beat.Key, beat.Value)), now - AgentGraceMs);
        FleetModel next = Reclaim(leases).Without(agents);
        return (next with { Pools = Pools.RemoveRange(pools), Demands = Demands.RemoveRange(pools) }, leases.Length + pools.Length + agents.Length);
    }

    private static string[] Lapsed(IEnumerable<(string Name, long Expiry)> all, long before) =>
        [.. all.Where(one => one.Expiry <= before).OrderBy(one => one.Expiry).ThenBy(one => one.Name, StringComparer.Ordinal).Take(ReapBatch).Select(one => one.Name)];

    private bool IsFree(string name, long now) =>
        Hosts.TryGetValue(name, out HostModel? host) && host.State == HostState.Idle && IsAlive(host.AgentId, now) && !Suspended.ContainsKey(name);

    private FleetModel Granted(AcquireRequest request, long epoch, string generation, long now)
    {
        LeaseGrant grant = request.Grant;
        ImmutableSortedDictionary<string, HostModel> hosts = Hosts;
        foreach (string name in grant.Hosts)
        {
            hosts = hosts.SetItem(name, hosts[name].In(HostState.Granted, epoch, request.LeaseId, hosts[name].FenceEpoch));
        }

        return this with
        {
            Generation = generation,
            Epoch = epoch,
            Hosts = hosts,
            Leases = Leases.SetItem(request.LeaseId, new LeaseModel(epoch, generation, grant, now + grant.TtlMs, 0)),
            Pools = Pools.SetItem(grant.Pool, Owned(grant.Pool, grant.OwnerId, grant.Owner, now, grant.TtlMs)),
        };
    }
}
