using Eformer.Pool.Runs.Losses;

namespace Eformer.Pool.Runs.Driving;

/// <summary>The attempts of a run: which ends are final, which lead to another attempt, and who is next. It decides; the collector acts.</summary>
internal sealed class RunAttempts
{
    private readonly RunTarget[] _targets;
    private readonly int _limit;
    private readonly Dictionary<RunTarget, RetryGroup> _groups = [];
    private bool _isClosed;

    /// <summary>Attempts of a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="targets">Its hosts.</param>
    /// <param name="open">Those that have no outcome yet; no other attempt is made of the rest, whatever the budgets.</param>
    public RunAttempts(RunRequest request, RunTarget[] targets, IEnumerable<RunTarget> open)
    {
        _targets = targets;
        _limit = request.ThrottleLimit ?? int.MaxValue;
        if (request.MaxFailureRetry + request.MaxPreemptionRetry == 0)
        {
            return;
        }

        foreach (IGrouping<object, RunTarget> unit in open.GroupBy(target => UnitOf(request.RetryScope, target)))
        {
            RetryGroup group = new(
                [.. unit],
                Math.Max(0, request.MaxFailureRetry - unit.Max(target => target.Place.FailureRetries)),
                Math.Max(0, request.MaxPreemptionRetry - unit.Max(target => target.Place.PreemptionRetries)));
            foreach (RunTarget target in unit)
            {
                _groups.Add(target, group);
            }
        }
    }

    /// <summary>Groups that wait for nothing but their next attempt.</summary>
    public IEnumerable<RetryGroup> Due => _groups.Count == 0 ? [] : _groups.Values.Distinct().Where(group => group.IsDue);

    /// <summary>Takes the end of an attempt.</summary>
    /// <param name="target">The host.</param>
    /// <param name="end">How it ended.</param>
    /// <param name="stop">Hosts that are to be stopped, because they start again together with this one.</param>
    /// <returns>The ends that are final now.</returns>
    public IReadOnlyList<(RunTarget Target, AttemptEnd End)> Take(RunTarget target, AttemptEnd end, out IReadOnlyList<RunTarget> stop)
    {
        stop = [];
        target.AttemptOver = true;
        if (_isClosed || !_groups.TryGetValue(target, out RetryGroup? group))
        {
            return [(target, end)];
        }

        if (group.Take(target, end))
        {
            stop = [.. group.Targets.Where(other => other.IsActive)];
        }

        return group.TakeFinal();
    }

    /// <summary>No other attempt follows an end that is taken from now on. Who waits for one already is given up by <see cref="GiveUpNext"/>.</summary>
    public void Close() => _isClosed = true;

    /// <summary>Gives up the attempts that were to follow. Their hosts wait for them: who waits when a run is stopped was cancelled.</summary>
    /// <returns>What became of those attempts.</returns>
    public IReadOnlyList<(RunTarget Target, AttemptEnd End)> GiveUpNext()
    {
        List<(RunTarget, AttemptEnd)> cancelled = [];
        foreach ((RunTarget target, AttemptEnd last) in _groups.Values.Distinct().SelectMany(group => group.GiveUpNext()))
        {
            target.Wait();
            AttemptEnd end = LossRules.Lost(
                RunOutcome.Cancelled, $"cancelled before another attempt was made; attempt {last.Attempt} had ended as {last.Outcome}: {last.Evidence}");
            cancelled.Add((target, end with { Attempt = target.Attempt + 1 }));
        }

        return cancelled;
    }

    /// <summary>Gives up all that might have followed: the ends that were held back are final.</summary>
    public IReadOnlyList<(RunTarget Target, AttemptEnd End)> GiveUp() => [.. _groups.Values.Distinct().SelectMany(group => group.TakeAll())];

    /// <summary>How many more hosts may run now; not below 0.</summary>
    public int Free => Math.Max(0, _limit - _targets.Count(target => target.IsActive));

    /// <summary>Hosts whose turn it is: as many as the throttle allows.</summary>
    public IReadOnlyList<RunTarget> TakeTurns() => Free is > 0 and int free
        ? [.. _targets.Where(target => target is { IsWaiting: true, Ended: false }).Take(free)]
        : [];

    /// <summary>Makes a group's next attempt the present one. Its hosts wait for their turn as all others do.</summary>
    /// <returns>Those whose turn it is at once.</returns>
    public IReadOnlyList<RunTarget> Start(RetryGroup group)
    {
        RetryKind kind = group.Next;
        group.Start();
        foreach (RunTarget target in group.Targets)
        {
            target.Spend(kind);
            target.Wait();
        }

        return [.. group.Targets.Take(Free)];
    }

    private static object UnitOf(RetryScope scope, RunTarget target) => scope switch
    {
        RetryScope.Host => target,
        RetryScope.Slice => target.Place.Slot,
        _ => scope,
    };
}
