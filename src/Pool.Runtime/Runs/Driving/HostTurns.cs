using Eformer.Pool.Pools;
using Eformer.Pool.Runs.Collecting;
using Eformer.Pool.Runs.Losses;

namespace Eformer.Pool.Runs.Driving;

/// <summary>Sends attempts to hosts whose turn it is, when their slices are whole.</summary>
internal sealed class HostTurns(CollectedRun run, RunAttempts attempts, AttemptSender sender, ReadySlices slices)
{
    private readonly SliceWaits<int> _waits = new(run.Ring);

    /// <summary>Sends to those whose slices are whole, and begins to wait for others.</summary>
    /// <returns>The ends of those that cannot have their turn.</returns>
    public async ValueTask<IReadOnlyList<(RunTarget Target, AttemptEnd End)>> TakeAsync(CancellationToken givenUp)
    {
        if (attempts.TakeTurns() is { Count: > 0 } next)
        {
            Begin(next, givenUp);
        }

        if (!_waits.Any)
        {
            return [];
        }

        List<(RunTarget, AttemptEnd)> ends = [];
        foreach ((int slot, IReadOnlyList<RunTarget> waiting, Task<IReadOnlyList<HeldSlice>> whole) in _waits.Over)
        {
            if (sender.IsIdle && _waits.Remove(slot))
            {
                // Some may have ended meanwhile, or others have taken their turn.
                ends.AddRange(await SendAsync([.. waiting.Where(target => target is { IsWaiting: true, Ended: false }).Take(attempts.Free)], whole));
            }
        }

        return ends;
    }

    /// <summary>Waits no more.</summary>
    public void Clear() => _waits.Clear();

    private void Begin(IReadOnlyList<RunTarget> next, CancellationToken givenUp)
    {
        foreach (IGrouping<int, RunTarget> slice in next.GroupBy(target => target.Place.Slot).Where(slice => !_waits.Contains(slice.Key)))
        {
            _waits.Begin(slice.Key, [.. slice], () => slices.WholeAsync([slice.Key], givenUp));
        }
    }

    private async Task<IReadOnlyList<(RunTarget Target, AttemptEnd End)>> SendAsync(IReadOnlyList<RunTarget> next, Task<IReadOnlyList<HeldSlice>> whole)
    {
        try
        {
            IReadOnlyList<HeldSlice> pool = await whole;
            foreach (RunTarget target in next)
            {
                target.MoveTo(pool);
            }

            await (next.Count > 0 ? sender.SendAsync(next, pool) : Task.CompletedTask);
            return [];
        }
        catch (SlicePoolException exception)
        {
            // Their turns are others' now, and not only at the next poll.
            run.Ring.Sound();
            return [.. next.Select(target => (target, LossRules.Lost(RunOutcome.NeverStarted, exception.Message) with { Attempt = target.Attempt + 1 }))];
        }
    }
}
