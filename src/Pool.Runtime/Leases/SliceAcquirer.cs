using System.Diagnostics;
using Eformer.Pool.Envelopes;
using Eformer.Pool.Placement;
using Eformer.Pool.Pools;
using Eformer.Pool.Store;
using Eformer.Pool.Time;

namespace Eformer.Pool.Leases;

/// <summary>Takes slices for a pool: plans, leases one slice a script, waits until every host accepted; or gives all back.</summary>
/// <param name="session">The pool's.</param>
/// <param name="timings">Its leases' deadlines.</param>
/// <param name="shape">What its slices are like.</param>
/// <param name="renew">Renews slices that are complete. What it cannot renew is none of its errors.</param>
internal sealed class SliceAcquirer(PoolSession session, LeaseTimings timings, SliceShape shape, Func<IReadOnlyList<HeldSlice>, Task> renew)
{
    // A conflict means that somebody else took a host between plan and commit; the next plan sees it.
    private const int MaxPlans = 20;

    // Scripts on their way at once: enough to hide the network, few enough that others get their turn.
    private const int Together = 16;
    private static readonly TimeSpan s_longestAcceptance = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(250);

    // Leases are not renewed before they are complete, so waiting must end while they are alive.
    private readonly TimeSpan _acceptLimit = timings.StopAfter < s_longestAcceptance ? timings.StopAfter : s_longestAcceptance;

    /// <summary>What the pool would have placed in some slots.</summary>
    public PlacementRequest RequestFor(IReadOnlyList<SlotRequest> slots) =>
        new() { Pool = session.Name, OwnerId = session.OwnerId, Shape = shape, Slots = slots };

    /// <summary>Takes slices for these slots, all or none.</summary>
    /// <returns>The slices; null when there is no capacity for all of them, or one was lost again at once; nothing is held then.</returns>
    /// <exception cref="SlicePoolException"><c>HostsDidNotAccept</c>, <c>PoolInUse</c>, and the store's errors. Nothing is held then.</exception>
    public async Task<IReadOnlyList<HeldSlice>?> TryTakeAsync(IReadOnlyList<SlotRequest> slots, CancellationToken cancellationToken)
    {
        List<HeldSlice> taken = [];
        bool complete = false;
        try
        {
            Ring rung = new(session.Clock);
            await using IAsyncDisposable bell = await session.Store.ListenAsync(
                Doorbell.Pool(session.Name), _ => rung.Sound(), cancellationToken);
            if (await LeaseAllAsync(slots, taken, cancellationToken))
            {
                await AwaitAcceptanceAsync(taken, rung, cancellationToken);
                await RenewAsync(taken);

                // What the renewal showed to be lost would have nobody told of it: it was lost before the pool had it.
                complete = !taken.Exists(slice => slice.IsGone);
            }

            return complete ? taken : null;
        }
        finally
        {
            if (!complete)
            {
                await GiveBackAsync(taken);
            }
        }
    }

    private async Task<bool> LeaseAllAsync(IReadOnlyList<SlotRequest> slots, List<HeldSlice> taken, CancellationToken cancellationToken)
    {
        for (int plans = 0; taken.Count < slots.Count; plans++)
        {
            SlotRequest[] missing = [.. slots.Where(slot => !taken.Exists(slice => slice.Slot == slot.Slot))];
            PlacementPlan plan = await PlanAsync(missing, cancellationToken);
            if (plan.Slices.Count < missing.Length || plans == MaxPlans)
            {
                return false;
            }

            using Activity? committing = AcquireStep.Begin("commit");
            foreach (SlicePlacement[] some in plan.Slices.Chunk(Together))
            {
                if (!await CommitAsync(some, taken, cancellationToken))
                {
                    break;
                }
            }
        }

        return true;
    }

    private async Task<PlacementPlan> PlanAsync(SlotRequest[] slots, CancellationToken cancellationToken)
    {
        FleetSnapshot fleet;
        using (AcquireStep.Begin("read the fleet"))
        {
            fleet = await session.Store.ReadFleetAsync(cancellationToken);
        }

        using Activity? planning = AcquireStep.Begin("plan");
        return PlacementPlanner.Plan(fleet, RequestFor(slots));
    }

    // Whether all of them were granted.
    private async Task<bool> CommitAsync(SlicePlacement[] slices, List<HeldSlice> taken, CancellationToken cancellationToken)
    {
        Task<HeldSlice?>[] leasing = [.. slices.Select(slice => LeaseAsync(slice, cancellationToken))];
        await ((Task)Task.WhenAll(leasing)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (Task<HeldSlice?> lease in leasing.Where(lease => lease.IsCompletedSuccessfully))
        {
            if (await lease is { } held)
            {
                taken.Add(held);
            }
        }

        HeldSlice?[] all = await Task.WhenAll(leasing);
        return Array.TrueForAll(all, held => held is not null);
    }

    private async Task<HeldSlice?> LeaseAsync(SlicePlacement slice, CancellationToken cancellationToken)
    {
        LeaseGrant grant = GrantFor(slice);
        string leaseId = PoolSession.NewId();
        long sentAt = session.Clock.GetTimestamp();
        AcquireReply reply = await AcquireAsync(new AcquireRequest(leaseId, grant), cancellationToken);
        return reply.Status switch
        {
            AcquireStatus.PoolInUse => throw PoolClaim.InUse(session.Name, reply.Obstacle),
            AcquireStatus.Conflict => null,
            _ => new HeldSlice(new LeaseToken(leaseId, reply.Epoch, reply.Generation), grant, slice.Hosts, new LeaseProof(timings, sentAt)),
        };
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
        TpuType = shape.TpuType?.Name ?? "",
        Selector = shape.Selector.Patterns,
        Strategy = shape.Strategy,
    };

    private async Task AwaitAcceptanceAsync(List<HeldSlice> taken, Ring rung, CancellationToken cancellationToken)
    {
        using Activity? accepting = AcquireStep.Begin("acceptance");
        long start = session.Clock.GetTimestamp();
        Dictionary<string, string> waiting = taken
            .SelectMany(slice => slice.Grant.Hosts.Select(host => (host, slice.Token.LeaseId)))
            .ToDictionary(pair => pair.host, pair => pair.LeaseId, StringComparer.Ordinal);
        while (true)
        {
            string[] never = await StrikeAcceptedAsync(waiting, cancellationToken);
            if (waiting.Count == 0)
            {
                return;
            }

            // One that says it never will is not waited for.
            if (never.Length > 0 || session.Clock.GetElapsedTime(start) > _acceptLimit)
            {
                throw await DidNotAcceptAsync(never.Length > 0 ? never : [.. waiting.Keys], session.Clock.GetElapsedTime(start), cancellationToken);
            }

            await rung.WaitAsync(s_look, cancellationToken);
        }
    }

    // Asks only for those not yet seen to have accepted: in a large fleet they accept one agent after the other, each of which rings.
    // One that lets go again meanwhile is as one that does so later.
    private async Task<string[]> StrikeAcceptedAsync(Dictionary<string, string> waiting, CancellationToken cancellationToken)
    {
        HashSet<string> never = [.. waiting.Keys];
        foreach (HostStatus host in await session.Store.ReadHostsAsync([.. waiting.Keys], cancellationToken))
        {
            bool ours = host.LeaseId == waiting[host.Host];
            if (ours && host.State is HostState.Held or HostState.Granted)
            {
                never.Remove(host.Host);
            }

            if (ours && host.State == HostState.Held)
            {
                waiting.Remove(host.Host);
            }
        }

        return [.. never];
    }

    // Hosts may take most of what a lease may go without a proof; whoever is given the slice then has time for the pool's next renewal.
    private async Task RenewAsync(List<HeldSlice> taken)
    {
        if (taken.Exists(slice => slice.IsRenewalDue(session.Clock)))
        {
            await renew(taken);
        }
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

    private async Task<SlicePoolException> DidNotAcceptAsync(string[] hosts, TimeSpan waited, CancellationToken cancellationToken)
    {
        Dictionary<string, string> complaints = await ComplaintsAsync(cancellationToken);
        string told = string.Join(", ", hosts.Take(8).Select(host => host + complaints.GetValueOrDefault(host)));
        return new SlicePoolException(
            "HostsDidNotAccept",
            PoolErrorCategory.OperationTimeout,
            $"{hosts.Length} host(s) did not accept their lease within {waited.TotalSeconds:0.#} seconds: {told}.",
            "Look at the log of the agents on these hosts. Everything taken was given back.",
            hosts);
    }

    // Only says more: where the store is away by now, what happened is still that they did not accept.
    private async Task<Dictionary<string, string>> ComplaintsAsync(CancellationToken cancellationToken)
    {
        try
        {
            FleetSnapshot fleet = await session.Store.ReadFleetAsync(cancellationToken);
            return fleet.Hosts.Where(host => host.Health is { Condition: HostCondition.RunnerFailed, Why.Length: > 0 })
                .ToDictionary(host => host.Registration.Host, host => $" ({host.Health.Why.TrimEnd('.')})", StringComparer.Ordinal);
        }
        catch (SlicePoolException exception) when (exception.ErrorId == "StoreUnreachable")
        {
            return [];
        }
    }
}
