using Eformer.Pool.Pools;
using Eformer.Pool.Runs.Collecting;
using Eformer.Pool.Runs.Losses;
using Eformer.Pool.Store;

namespace Eformer.Pool.Runs.Driving;

/// <summary>Waits until slices of the pool can take attempts of a run.</summary>
/// <param name="run">The run.</param>
/// <param name="whole">Waits until some slots of the pool are whole, and gives its slices.</param>
internal sealed class ReadySlices(CollectedRun run, Func<RunRequest, CancellationToken, Task<IReadOnlyList<HeldSlice>>> whole)
{
    private static readonly TimeSpan s_poll = TimeSpan.FromSeconds(1);

    /// <summary>Waits until the slices of some slots are whole.</summary>
    /// <returns>The slices of the pool.</returns>
    /// <exception cref="SlicePoolException">They will not be, and why.</exception>
    public Task<IReadOnlyList<HeldSlice>> WholeAsync(int[] slots, CancellationToken cancellationToken) =>
        whole(new RunRequest { Script = "", SliceIds = slots }, cancellationToken);

    /// <summary>Waits until the slices of some hosts are whole and these are heard.</summary>
    /// <remarks>
    /// The pool may not have noticed yet what its run has: sent to a host that is gone, another attempt would be wasted. While the store is
    /// away nobody is heard; how long that pays is for the leases to decide, which end.
    /// </remarks>
    /// <returns>The slices of the pool.</returns>
    /// <exception cref="SlicePoolException">They will not be, and why.</exception>
    public async Task<IReadOnlyList<HeldSlice>> HeardAsync(IReadOnlyList<RunTarget> targets, CancellationToken cancellationToken)
    {
        int[] slots = [.. targets.Select(target => target.Place.Slot).Distinct()];
        long start = run.Session.Clock.GetTimestamp();
        while (true)
        {
            IReadOnlyList<HeldSlice> pool = await WholeAsync(slots, cancellationToken);
            FleetSnapshot? fleet = await run.TryReadFleetAsync();
            AttemptEnd? lost = fleet is null ? null : Lost(targets, pool, fleet);
            if (fleet is not null && lost is null)
            {
                return pool;
            }

            if (lost is not null && run.Session.Clock.GetElapsedTime(start) > PoolEnvironment.HealthWait())
            {
                throw new SlicePoolException("LeaseLost", PoolErrorCategory.ResourceUnavailable, $"A host was not replaced in time: {lost.Evidence}.");
            }

            await Task.Delay(s_poll, run.Session.Clock, cancellationToken);
        }
    }

    private AttemptEnd? Lost(IReadOnlyList<RunTarget> targets, IReadOnlyList<HeldSlice> pool, FleetSnapshot fleet) =>
        targets.Select(target => LossRules.Judge(Next(target, pool), fleet)).FirstOrDefault(end => end is not null);

    private RunTarget Next(RunTarget target, IReadOnlyList<HeldSlice> pool)
    {
        HeldSlice slice = target.SliceIn(pool);
        return new RunTarget(RunTarget.PlaceOf(slice, target.Place.HostId), slice, run.RunId);
    }
}
