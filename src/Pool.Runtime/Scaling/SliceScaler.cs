using Eformer.Pool.Leases;
using Eformer.Pool.Placement;
using Eformer.Pool.Pools;
using Eformer.Pool.Store;

namespace Eformer.Pool.Scaling;

/// <summary>Brings a pool to the largest feasible of its valid sizes. One call at a time: the manager sees to that.</summary>
/// <remarks>
/// It climbs from one valid size to the next, so that the pool has a valid size at every moment and pools that ask at the same time
/// share (see <see cref="FairShare"/>). Members are never touched by growth.
/// </remarks>
internal sealed class SliceScaler(
    PoolSession session,
    SliceShape shape,
    PoolRoster roster,
    SliceAcquirer acquirer,
    SliceReleaser releaser,
    PublishedDemand demand,
    PoolJournal journal,
    Turn turn)
{
    /// <summary>Scales, waiting for capacity when allowed to.</summary>
    /// <exception cref="InsufficientSlicesException">No size is possible, now or in time; nothing was taken.</exception>
    public async Task ScaleAsync(IReadOnlyList<int> sizes, ScaleOptions options, CancellationToken cancellationToken)
    {
        DemandRecord wish = Wish(sizes, "");
        if (await TryInTurnAsync(wish, waits: false, cancellationToken))
        {
            return;
        }

        await using CapacityWait waiting = new(session, roster, demand, journal, options, wish);
        try
        {
            await WaitAsync(waiting, wish, cancellationToken);
        }
        finally
        {
            await demand.WithdrawAsync(CancellationToken.None);
        }
    }

    private async Task WaitAsync(CapacityWait waiting, DemandRecord wish, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                IReadOnlyList<SizeExplanation> reasons = await ExplainAsync(wish.Sizes, cancellationToken);
                await waiting.WaitAsync(reasons, cancellationToken);
                if (await TryInTurnAsync(wish, waits: true, cancellationToken))
                {
                    waiting.Met();
                    return;
                }
            }
            catch (SlicePoolException exception) when (exception.ErrorId is "StoreUnreachable" or "HostsDidNotAccept" && waiting.MayGoOn)
            {
                // A store that is away for a moment, or a host that does not accept, ends no wait of a week.
                await waiting.PauseAsync(cancellationToken);
            }
        }
    }

    /// <summary>What a scale to one of the sizes would do now. Changes nothing.</summary>
    public async Task<ScalePreview> PreviewAsync(IReadOnlyList<int> sizes, CancellationToken cancellationToken)
    {
        FleetSnapshot fleet = await session.Store.ReadFleetAsync(cancellationToken);
        int held = Kept().Length;
        IReadOnlyList<SizeExplanation> explanations = Explain(fleet, sizes);
        int size = explanations.Where(explanation => explanation.Feasible).Select(explanation => explanation.Size).DefaultIfEmpty(0).Max();
        bool feasible = size > 0;
        IReadOnlyList<SlicePlacement> taken = feasible ? PlacementPlanner.Plan(fleet, acquirer.RequestFor(Missing(size))).Slices : [];
        string[] released = feasible ? [.. roster.Slices.Where(slice => slice.IsGone || slice.Slot >= size).Select(slice => slice.Grant.SliceName)] : [];
        return new ScalePreview(feasible ? size : held, feasible, taken, released, explanations);
    }

    // Between two attempts others may have their turn: a pool that waits for more is watched and drained like any other.
    private Task<bool> TryInTurnAsync(DemandRecord wish, bool waits, CancellationToken cancellationToken) => turn.RunAsync(
        async () =>
        {
            await releaser.ReleaseLostAsync(cancellationToken);
            return await TryScaleAsync(wish, waits, cancellationToken);
        },
        cancellationToken);

    // Whether the pool has one of the sizes now.
    private async Task<bool> TryScaleAsync(DemandRecord wish, bool waits, CancellationToken cancellationToken)
    {
        int[] larger = [.. wish.Sizes.Where(size => Missing(size).Length > 0)];
        if (larger.Length == 0)
        {
            await ShrinkAsync(wish.Sizes[^1], cancellationToken);
            return true;
        }

        try
        {
            // Published before anything is taken, so that others who ask now leave enough for our smallest size.
            await demand.PublishAsync(wish with { Held = Kept().Length }, cancellationToken);
            return await ClimbAsync(wish, larger, cancellationToken);
        }
        finally
        {
            // Also when nobody waited for the answer: what was sent is published all the same.
            // One that waits goes on asking, since the same moment.
            if (!waits)
            {
                await demand.WithdrawAsync(CancellationToken.None);
            }
        }
    }

    private async Task<bool> ClimbAsync(DemandRecord wish, int[] larger, CancellationToken cancellationToken)
    {
        foreach (int size in larger)
        {
            SlotRequest[] missing = Missing(size);
            if ((size > wish.Sizes[0] && !await MayTakeAsync(wish, missing.Length, cancellationToken))
                || await TryTakeAsync(wish, missing, cancellationToken) is not { } taken)
            {
                break;
            }

            roster.Add(taken);
            roster.Aim(size);
            foreach (HeldSlice slice in taken)
            {
                journal.Note(PoolEventKind.SliceAcquired, $"slot {slice.Slot} of a pool of {size} slices", slice.Grant.SliceName);
            }

            await demand.PublishAsync(wish with { Held = Kept().Length }, cancellationToken);
        }

        // Between two sizes after a loss, or nothing larger: the largest valid one that is covered.
        int reached = wish.Sizes.LastOrDefault(size => Missing(size).Length == 0);
        if (reached > 0)
        {
            await ShrinkAsync(reached, cancellationToken);
        }

        return reached > 0;
    }

    // Hosts that do not accept end the climb where it stands, not the pool that has a valid size already.
    private async Task<IReadOnlyList<HeldSlice>?> TryTakeAsync(DemandRecord wish, SlotRequest[] missing, CancellationToken cancellationToken)
    {
        try
        {
            return await acquirer.TryTakeAsync(missing, cancellationToken);
        }
        catch (SlicePoolException exception) when (exception.ErrorId == "HostsDidNotAccept" && wish.Sizes.Any(size => Missing(size).Length == 0))
        {
            journal.Note(PoolEventKind.ScaleRefused, exception.Message);
            return null;
        }
    }

    private async Task<bool> MayTakeAsync(DemandRecord wish, int more, CancellationToken cancellationToken)
    {
        FleetSnapshot fleet = await session.Store.ReadFleetAsync(cancellationToken);
        if (!fleet.Demands.Any(other => other.OwnerId != session.OwnerId))
        {
            return true;
        }

        int most = Math.Max(more, fleet.Hosts.Count / Math.Max(1, shape.HostsPerSlice));
        int free = roster.Slices.Count;
        int capacity = PlacementPlanner.Plan(
            fleet, acquirer.RequestFor([.. Enumerable.Range(free, most).Select(slot => new SlotRequest(slot, []))])).Slices.Count;
        return FairShare.MayTake(wish, fleet.Demands, capacity, more);
    }

    private async Task ShrinkAsync(int size, CancellationToken cancellationToken)
    {
        roster.Aim(size);
        await releaser.ReleaseAsync([.. roster.Slices.Where(slice => slice.Slot >= size)], $"the pool shrinks to {size} slices", cancellationToken);
    }

    private HeldSlice[] Kept() => [.. roster.Slices.Where(slice => !slice.IsGone)];

    private SlotRequest[] Missing(int size) =>
        [.. Enumerable.Range(0, size).Except(Kept().Select(slice => slice.Slot)).Select(slot => new SlotRequest(slot, releaser.FormerHosts(slot)))];

    private async Task<IReadOnlyList<SizeExplanation>> ExplainAsync(IReadOnlyList<int> sizes, CancellationToken cancellationToken) =>
        Explain(await session.Store.ReadFleetAsync(cancellationToken), sizes);

    private IReadOnlyList<SizeExplanation> Explain(FleetSnapshot fleet, IReadOnlyList<int> sizes) =>
        SizeLadder.Explain(fleet, acquirer.RequestFor([]), [.. Kept().Select(slice => slice.Slot)], sizes, session.Clock.GetLocalNow());

    private DemandRecord Wish(IReadOnlyList<int> sizes, string reason) => new()
    {
        Pool = session.Name,
        OwnerId = session.OwnerId,
        Owner = session.Owner,
        Sizes = sizes,
        Held = Kept().Length,
        HostsPerSlice = shape.HostsPerSlice,
        TpuType = shape.TpuType?.Name ?? "",
        Selector = shape.Selector.ToString(),
        Strategy = shape.Strategy,
        Reason = reason,
    };
}
