using Eformer.Pool.Pools;
using Eformer.Pool.Runs.Collecting;

namespace Eformer.Pool.Runs.Driving;

/// <summary>Makes the attempts of hosts that are tried again: after a pause, when their slices are whole and heard.</summary>
internal sealed class NextAttempts(CollectedRun run, RunAttempts attempts, AttemptSender sender, ReadySlices slices)
{
    private readonly SliceWaits<RetryGroup> _waits = new(run.Ring);

    /// <summary>Whether any hosts wait for their next attempt.</summary>
    public bool Any => _waits.Any;

    /// <summary>Makes those whose time has come, and begins to wait for others.</summary>
    public async Task MakeAsync(CancellationToken givenUp)
    {
        foreach (RetryGroup group in attempts.Due.Where(group => !_waits.Contains(group)).ToArray())
        {
            await AnnounceAsync(group);
            _waits.Begin(group, group.Targets, () => WaitAsync(group, givenUp));
        }

        foreach ((RetryGroup group, _, Task<IReadOnlyList<HeldSlice>> wait) in _waits.Over)
        {
            // One that failed needs no turn: it is final. The others go before those that had none yet.
            if (!wait.IsCompletedSuccessfully || (sender.IsIdle && attempts.Free > 0))
            {
                _waits.Remove(group);
                await SendAsync(group, wait);
            }
        }
    }

    /// <summary>Follows an attempt that another handle of the run made while it was waited for here: it is not made again.</summary>
    public async Task FollowAsync(RunTarget target)
    {
        if (attempts.Due.FirstOrDefault(due => due.Targets.Contains(target)) is not { } group)
        {
            return;
        }

        if (!_waits.Remove(group))
        {
            await AnnounceAsync(group);
        }

        attempts.Start(group);
    }

    /// <summary>Waits no more.</summary>
    public void Clear() => _waits.Clear();

    private async Task AnnounceAsync(RetryGroup group)
    {
        foreach ((RunTarget target, AttemptEnd end) in group.Held)
        {
            await run.Records.RestartAsync(target, end);
        }
    }

    private async Task<IReadOnlyList<HeldSlice>> WaitAsync(RetryGroup group, CancellationToken givenUp)
    {
        await Task.Delay(group.Pause, run.Session.Clock, givenUp);
        return await slices.HeardAsync(group.Targets, givenUp);
    }

    private async Task SendAsync(RetryGroup group, Task<IReadOnlyList<HeldSlice>> wait)
    {
        try
        {
            IReadOnlyList<HeldSlice> pool = await wait;
            foreach (RunTarget target in group.Targets)
            {
                target.MoveTo(pool);
            }

            await sender.SendAsync(attempts.Start(group), pool);
        }
        catch (SlicePoolException exception)
        {
            run.Final.Add(group.TakeAll().Select(pair => (pair.Target, pair.End with { Evidence = $"{pair.End.Evidence}; no other attempt was made: {exception.Message}" })));
        }
    }
}
