using Eformer.Pool.Leases;
using Eformer.Pool.Pools;

namespace Eformer.Pool;

/// <content>Running on a pool's hosts.</content>
public sealed partial class SlicePoolManager
{
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
        while (true)
        {
            ThrowIfRemoved();
            Task changed = _roster.Changed;
            IReadOnlyList<HeldSlice> slices = _roster.Members;
            int[] unsure = [.. Unsure(slices, request)];
            if (unsure.Length == 0)
            {
                return slices.Count > 0 ? slices : throw Empty();
            }

            TimeSpan left = PoolEnvironment.HealthWait() - _session.Clock.GetElapsedTime(start);
            if (left <= TimeSpan.Zero || !unsure.All(_watch.IsHealing) || _renewer.LastFailure is not null)
            {
                throw NotWhole(slices, unsure[0]);
            }

            _watch.Wake();
            await Task.WhenAny(changed, Task.Delay(left, _session.Clock, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private IEnumerable<int> Unsure(IReadOnlyList<HeldSlice> slices, RunRequest request)
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

        return slices.Where(slice => slice.Phase(_session.Clock) != LeasePhase.Work || _watch.IsHealing(slice.Slot)).Select(slice => slice.Slot)
            .Concat(_roster.Missing)
            .Where(slot => IsWanted(slot, request));
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
