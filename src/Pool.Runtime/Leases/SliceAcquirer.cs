using Eformer.Pool.Envelopes;
using Eformer.Pool.Placement;
using Eformer.Pool.Pools;
using Eformer.Pool.Store;
using Eformer.Pool.Time;

namespace Eformer.Pool.Leases;

/// <summary>Takes slices for a pool: plans, leases one slice a script, waits until every host accepted; or gives all back.</summary>
internal sealed class SliceAcquirer(PoolSession session, LeaseTimings timings, int hostsPerSlice)
{
    // A conflict means that somebody else took a host between plan and commit; the next plan sees it.
    private const int MaxPlans = 20;
    private static readonly TimeSpan s_longestAcceptance = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(250);

    // Leases are not renewed before they are complete, so waiting must end while they are alive.
    private readonly TimeSpan _acceptLimit = timings.StopAfter < s_longestAcceptance ? timings.StopAfter : s_longestAcceptance;

    /// <summary>Takes slices for these slots, all or none.</summary>
    public async Task<IReadOnlyList<HeldSlice>> TakeAsync(IReadOnlyList<int> slots, CancellationToken cancellationToken)
    {
        List<HeldSlice> taken = [];
        try
        {
            Ring rung = new(session.Clock);
            await using IAsyncDisposable bell = await session.Store.ListenAsync(
                Doorbell.Pool(session.Name), _ => rung.Sound(), cancellationToken);
            await LeaseAllAsync(slots, taken, cancellationToken);
            await AwaitAcceptanceAsync(taken, rung, cancellationToken);
            return taken;
        }
        catch
        {
            await GiveBackAsync(taken);
            throw;
        }
    }

    private async Task LeaseAllAsync(IReadOnlyList<int> slots, List<HeldSlice> taken, CancellationToken cancellationToken)
    {
        for (int plans = 0; taken.Count < slots.Count; plans++)
        {
            FleetSnapshot fleet = await session.Store.ReadFleetAsync(cancellationToken);
            int[] missing = [.. slots.Skip(taken.Count)];
            PlacementPlan plan = PlacementPlanner.Plan(fleet, session.Name, missing, hostsPerSlice);
            if (plan.Slices.Count < missing.Length || plans == MaxPlans)
            {
                string reason = plan.Reason.Length > 0 ? plan.Reason : "Other pools kept taking the hosts first.";
                throw new InsufficientSlicesException([slots.Count], taken.Count + plan.Slices.Count, reason);
            }

            await CommitAsync(plan, taken, cancellationToken);
        }
    }

    private async Task CommitAsync(PlacementPlan plan, List<HeldSlice> taken, CancellationToken cancellationToken)
    {
        foreach (SlicePlacement slice in plan.Slices)
        {
            LeaseGrant grant = GrantFor(slice);
            string leaseId = PoolSession.NewId();
            long sentAt = session.Clock.GetTimestamp();
            AcquireReply reply = await AcquireAsync(new AcquireRequest(leaseId, grant), cancellationToken);
            if (reply.Status == AcquireStatus.PoolInUse)
            {
                throw PoolClaim.InUse(session.Name, reply.Obstacle);
            }

            if (reply.Status == AcquireStatus.Conflict)
            {
                return;
            }

            LeaseToken token = new(leaseId, reply.Epoch, reply.Generation);
            taken.Add(new HeldSlice(token, grant, slice.Hosts, new LeaseProof(timings, sentAt)));
        }
    }

    // A call that failed may have been carried out all the same, or still be: what it took is given back.
    private async Task<AcquireReply> AcquireAsync(AcquireRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await session.Store.AcquireAsync(request, cancellationToken);
        }
        catch (Exception exception) when (exception is OperationCanceledException or SlicePoolException)
        {
            await TryReleaseAsync([request.LeaseId]);
            throw;
        }
    }

    private LeaseGrant GrantFor(SlicePlacement slice) => new()
    {
        Pool = session.Name,
        OwnerId = session.OwnerId,
        Owner = session.Owner,
        Slot = slice.Slot,
        SliceName = slice.SliceName,
        Hosts = [.. slice.Hosts.Select(host => host.Registration.Host)],
        TtlMs = (int)timings.Ttl.TotalMilliseconds,
    };

    private async Task AwaitAcceptanceAsync(List<HeldSlice> taken, Ring rung, CancellationToken cancellationToken)
    {
        long start = session.Clock.GetTimestamp();
        while (true)
        {
            FleetSnapshot fleet = await session.Store.ReadFleetAsync(cancellationToken);
            string[] missing = [.. taken.SelectMany(slice => NotAccepted(slice, fleet))];
            if (missing.Length == 0)
            {
                return;
            }

            if (session.Clock.GetElapsedTime(start) > _acceptLimit)
            {
                throw NotAcceptedInTime(missing);
            }

            await rung.WaitAsync(s_look, cancellationToken);
        }
    }

    private static IEnumerable<string> NotAccepted(HeldSlice slice, FleetSnapshot fleet)
    {
        Dictionary<string, HostRecord> hosts = fleet.Hosts.ToDictionary(host => host.Registration.Host, StringComparer.Ordinal);
        return slice.Grant.Hosts.Where(key =>
            !hosts.TryGetValue(key, out HostRecord? host) || host.State != HostState.Held || host.LeaseId != slice.Token.LeaseId);
    }

    // Not cancellable: what was taken must be given back, or it would be idle for nobody until it lapses.
    private async Task GiveBackAsync(List<HeldSlice> taken)
    {
        if (taken.Count > 0)
        {
            await TryReleaseAsync([.. taken.Select(slice => slice.Token.LeaseId)]);
        }
    }

    private async Task TryReleaseAsync(IReadOnlyList<string> leaseIds)
    {
        try
        {
            await session.Store.ReleaseAsync(
                new ReleaseRequest(session.Name, session.OwnerId, leaseIds, ForgetPool: false), CancellationToken.None);
        }
        catch (SlicePoolException exception) when (exception.ErrorId == "StoreUnreachable")
        {
            // The caller tells why it failed in the first place; without a store the leases lapse by themselves.
        }
    }

    private SlicePoolException NotAcceptedInTime(string[] hosts) => new(
        "HostsDidNotAccept",
        PoolErrorCategory.OperationTimeout,
        $"{hosts.Length} host(s) did not accept their lease within {_acceptLimit.TotalSeconds:0} seconds: {string.Join(", ", hosts.Take(8))}.",
        "Look at the log of the agents on these hosts. Everything taken was given back.",
        hosts);
}
