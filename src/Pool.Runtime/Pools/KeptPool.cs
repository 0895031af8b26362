using Eformer.Pool.Envelopes;
using Eformer.Pool.Leases;
using Eformer.Pool.Store;

namespace Eformer.Pool.Pools;

/// <summary>A kept pool as it was taken over.</summary>
internal sealed record KeptPool(
    IReadOnlyList<HeldSlice> Slices, IReadOnlyList<int> Slots, SliceShape Shape, LeaseTimings Timings, string FormerOwner)
{
    /// <summary>Takes the pool of the session's name over.</summary>
    public static async Task<KeptPool> TakeOverAsync(PoolSession session, CancellationToken cancellationToken)
    {
        FleetSnapshot fleet = await session.Store.ReadFleetAsync(cancellationToken);
        PoolRecord pool = fleet.Pools.FirstOrDefault(pool => pool.Name == session.Name && pool.RemainingMs > 0) ?? throw NotFound(session);
        if (pool.Keep.IsEmpty)
        {
            throw NotKept(session.Name);
        }

        LeaseRecord[] leases = [.. fleet.Leases.Where(lease => lease.Grant.OwnerId == pool.OwnerId && lease.RemainingMs > 0).OrderBy(lease => lease.Grant.Slot)];
        if (leases.Length == 0)
        {
            throw NotFound(session);
        }

        Dictionary<string, LeaseGrant> grants = leases.ToDictionary(
            lease => lease.LeaseId, lease => lease.Grant with { OwnerId = session.OwnerId, Owner = session.Owner }, StringComparer.Ordinal);
        int ttlMs = leases[0].Grant.TtlMs;
        long sentAt = session.Clock.GetTimestamp();
        AdoptStatus status = await session.Store.AdoptAsync(
            new AdoptRequest(session.Name, pool.OwnerId, session.OwnerId, session.Owner, ttlMs, grants), cancellationToken);
        return status switch
        {
            AdoptStatus.Adopted => Build(fleet, leases, grants, new LeaseProof(new LeaseTimings(TimeSpan.FromMilliseconds(ttlMs)), sentAt), pool.Owner) with
            {
                Slots = SlotsOf(session, pool, leases),
            },
            AdoptStatus.Gone => throw NotFound(session),
            _ => throw Attended(pool),
        };
    }

    private static SlicePoolException Attended(PoolRecord pool) => new(
        "PoolInUse",
        PoolErrorCategory.ResourceExists,
        pool.AttendedMs > 0
            ? $"The pool '{pool.Name}' is in use by {pool.Owner}, or that was heard less than a lease's life ago."
            : $"The pool '{pool.Name}' was taken over by somebody else a moment ago.",
        pool.AttendedMs > 0
            ? $"If that process is gone, try again in {Math.Ceiling(pool.AttendedMs / 1000.0):0} seconds: then the pool can be taken over."
            : "Get-SlicePool -Store tells who has it now.",
        pool.Name);

    /// <summary>The pool lives and dies with its driver.</summary>
    public static SlicePoolException NotKept(string name) => new(
        "PoolNotKept",
        PoolErrorCategory.InvalidOperation,
        $"The pool '{name}' lives as long as its driver, which opened it without -KeepForSec.",
        "Give -KeepForSec to New-SlicePool, and to Connect-SlicePool when it takes a pool over.",
        name);

    private static KeptPool Build(
        FleetSnapshot fleet, LeaseRecord[] leases, Dictionary<string, LeaseGrant> grants, LeaseProof proof, string formerOwner)
    {
        Dictionary<string, HostRecord> hosts = fleet.Hosts.ToDictionary(host => host.Registration.Host, StringComparer.Ordinal);
        HeldSlice[] slices =
        [
            .. leases.Where(lease => lease.Grant.Hosts.All(hosts.ContainsKey)).Select(lease => new HeldSlice(
                new LeaseToken(lease.LeaseId, lease.Epoch, lease.Generation),
                grants[lease.LeaseId],
                [.. lease.Grant.Hosts.Select(host => hosts[host])],
                proof)),
        ];
        return new KeptPool(slices, [], ShapeOf(leases[0].Grant), proof.Timings, formerOwner);
    }

    // What the former owner meant the pool to be; a slice that lapsed since is to be replaced, not forgotten.
    private static IReadOnlyList<int> SlotsOf(PoolSession session, PoolRecord pool, LeaseRecord[] leases)
    {
        RejectReason reason = session.CommandVerifier.Verify(pool.Keep, EnvelopeType.Keep, out ReadOnlyMemory<byte> body);
        KeepWish? wish = reason == RejectReason.None ? WireJson.TryRead<KeepWish>(body.Span) : null;
        return [.. (wish?.OwnerId == pool.OwnerId ? wish.Slots : []).Union(leases.Select(lease => lease.Grant.Slot))];
    }

    private static SliceShape ShapeOf(LeaseGrant grant) =>
        (grant.TpuType.Length > 0 ? SliceShape.Of(TpuType.Parse(grant.TpuType)) : new SliceShape { HostsPerSlice = grant.Hosts.Count }) with
        {
            Selector = new HostSelector(grant.Selector),
            Strategy = grant.Strategy,
        };

    private static SlicePoolException NotFound(PoolSession session) => new(
        "PoolNotFound",
        PoolErrorCategory.ObjectNotFound,
        $"There is no pool '{session.Name}' in fleet '{session.Store.Fleet}', or it has lapsed.",
        "Get-SlicePool -Store lists the pools of a fleet.",
        session.Name);
}
