using Eformer.Pool.Leases;
using Eformer.Pool.Pools;

namespace Eformer.Pool;

/// <content>Running on a pool's hosts.</content>
public sealed partial class SlicePoolManager
{
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(1);

    /// <summary>Sends a script to the hosts. While lost slices are being replaced it waits for them, up to <c>EFORMER_HOST_HEALTH_WAIT_S</c>.</summary>
    /// <exception cref="SlicePoolException">
    /// <c>PoolEmpty</c>, <c>PoolRemoved</c>, <c>PoolDraining</c>, <c>LeaseLost</c>, <c>InvalidSelection</c>, <c>ReservedVariable</c>,
    /// <c>PayloadTooLarge</c>, and the store's errors.
    /// </exception>
    public async Task<RunHandle> StartRunAsync(RunRequest request, CancellationToken cancellationToken = default) =>
        await _sender.SendAsync(request, cancellationToken);

    /// <summary>The runs of the pool's fleet, over the pool's own connection.</summary>
    /// <exception cref="SlicePoolException"><c>PoolRemoved</c>.</exception>
    public RunDirectory Runs()
    {
        ThrowIfRemoved();
        return RunDirectory.Of(_session);
    }

    // Never with fewer slices than the pool is meant to have: a job of four slices that runs on three is not a slower job, it is a wrong one.
    private async Task<IReadOnlyList<HeldSlice>> WholeAsync(RunRequest request, CancellationToken cancellationToken)
    {
        long start = _session.Clock.GetTimestamp();
        bool seemedLost = false;
        while (true)
        {
            ThrowIfRemoved();
            Task changed = _roster.Changed;
            // What is missing first: a slice that is added in between would be in neither.
            IReadOnlyList<int> missing = _roster.Missing;
            IReadOnlyList<HeldSlice> slices = _roster.Members;
            (int Slot, bool Heals)[] unsure = [.. Unsure(slices, missing, request)];
            if (unsure.Length == 0)
            {
                return slices.Count > 0 ? slices : throw Empty();
            }

            TimeSpan left = PoolEnvironment.HealthWait() - _session.Clock.GetElapsedTime(start);
            bool isLost = unsure.Any(slot => !slot.Heals);
            if (left <= TimeSpan.Zero || _renewer.LastFailure is not null || (isLost && seemedLost))
            {
                throw NotWhole(slices, unsure.OrderBy(slot => slot.Heals).First().Slot);
            }

            // A slice may be replaced between the look at it and the one at who looks after it: only what is so twice is so.
            seemedLost = isLost;
            if (!isLost)
            {
                _watch.Wake();
                // A lease that is proved again changes nothing of the roster.
                await Task.WhenAny(changed, Task.Delay(left < s_look ? left : s_look, _session.Clock, cancellationToken));
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
    }

    // With whether waiting makes sense: what is being replaced will be there, and what is only unproved is soon proved or lost.
    private IEnumerable<(int Slot, bool Heals)> Unsure(IReadOnlyList<HeldSlice> slices, IReadOnlyList<int> missing, RunRequest request)
    {
        int[] draining = [.. _roster.Draining.Where(slot => IsWanted(slot, request))];
        if (draining.Length > 0)
        {
            throw new SlicePoolException(
                "PoolDraining",
                PoolErrorCategory.ResourceBusy,
                $"Slice(s) {string.Join(", ", draining)} of pool '{Name}' are being drained and take no new work.",
                "Wait until the drain is over, or choose other slices with -Slice.",
                _self);
        }

        return slices.Select(slice => (slice.Slot, Heals: _watch.IsHealing(slice.Slot), Works: slice.Phase(_session.Clock) == LeasePhase.Work, slice.IsGone))
            .Where(slice => slice.Heals || !slice.Works)
            .Select(slice => (slice.Slot, slice.Heals || !slice.IsGone))
            .Concat(missing.Select(slot => (slot, _watch.IsHealing(slot))))
            .Where(slot => IsWanted(slot.Item1, request));
    }

    private static bool IsWanted(int slot, RunRequest request) => request.SliceIds?.Contains(slot) ?? true;

    private SlicePoolException Empty() => new(
        "PoolEmpty",
        PoolErrorCategory.InvalidOperation,
        $"The pool '{Name}' holds no slices, so there is nothing to run on.",
        "Scale it with Resize-SlicePool, or make a new pool with New-SlicePool.",
        _self);

    private SlicePoolException NotWhole(IReadOnlyList<HeldSlice> slices, int slot)
    {
        string name = slices.FirstOrDefault(slice => slice.Slot == slot)?.Grant.SliceName ?? $"of slot {slot}";
        string obstacle = _watch.Obstacle(slot) is { } reason ? $" It cannot be replaced: {reason}" : "";
        return new SlicePoolException(
            "LeaseLost",
            PoolErrorCategory.ResourceUnavailable,
            $"The slice {name} of pool '{Name}' is lost, or its lease could not be renewed in time.{obstacle}",
            "Test-SlicePool tells how each host does; scale the pool again with Resize-SlicePool, and see whether the store can be reached.",
            _self,
            _renewer.LastFailure);
    }
}
