using Eformer.Pool.Pools;
using Eformer.Pool.Runs.Losses;
using Eformer.Pool.Store;

namespace Eformer.Pool.Runs;

/// <content>Attempts: which one counts, when the next is made, and who is next.</content>
internal sealed partial class RunCollector
{
    // 64 entries of at most 256 KiB are what is read at once.
    private const int TrimEvery = 64;

    private readonly Dictionary<RetryGroup, Task<IReadOnlyList<HeldSlice>>> _waits = [];
    private readonly CancellationTokenSource _giveUp = new();
    private readonly Dictionary<string, LogEnd> _expected = new(StringComparer.Ordinal);
    private readonly Dictionary<RunTarget, AttemptEnd> _unsettled = [];
    private (IReadOnlyList<RunTarget> Told, IReadOnlyList<HeldSlice> Pool)? _unsent;
    private long _trimmed;

    /// <summary>Whether it follows a run that was started before, by whomever.</summary>
    private bool IsAttached { get; set; }

    /// <summary>Says that it attaches to a run of which some hosts have ended.</summary>
    public void Expect(IReadOnlyList<LogEnd> ended)
    {
        IsAttached = true;
        foreach (LogEnd end in ended)
        {
            _expected[end.Host] = end;
        }
    }

    // Records of an attempt that is over do not count, and the first record of a later one says that there is one.
    private async Task<bool> FollowAsync(RunTarget target, int attempt)
    {
        if (attempt < Math.Max(target.Seen, target.Attempt) || (target.IsWaiting && attempt <= target.Attempt && target.Attempt > 0))
        {
            return false;
        }

        await CatchUpAsync(target, attempt);
        if (target.Seen > 0 && attempt > target.Seen && target.SeenAnything)
        {
            await RestartAsync(target, LossRules.Lost(RunOutcome.Unknown, "another attempt was made") with { Attempt = target.Seen });
        }

        target.See(attempt);
        return true;
    }

    // Another handle of the run made the attempt that is waited for here: it is not made again.
    private async Task CatchUpAsync(RunTarget target, int attempt)
    {
        if (attempt <= target.Attempt || _attempts.Due.FirstOrDefault(due => due.Targets.Contains(target)) is not { } group)
        {
            return;
        }

        if (!_waits.Remove(group))
        {
            await AnnounceRetryAsync(group);
        }

        _attempts.Start(group);
    }

    private async Task TakeEndAsync(RunTarget target, AttemptEnd end)
    {
        // An end that is known to be followed by another attempt is none.
        if (end.Attempt < (_expected.GetValueOrDefault(target.Key)?.Attempt ?? target.Attempt))
        {
            return;
        }

        if (IsGuest && Retries && !target.Place.Settled && (RetriesTogether || RetryRules.KindOf(end) != RetryKind.None))
        {
            target.AttemptOver = true;
            _unsettled[target] = end;
            return;
        }

        if (end.Attempt > target.Attempt)
        {
            // Made by another handle, or never: it has its number all the same, and the next one is another.
            target.Send(end.Attempt, _session.Clock.GetTimestamp());
        }

        IReadOnlyList<(RunTarget Target, AttemptEnd End)> final = _attempts.Take(target, end, out IReadOnlyList<RunTarget> stop);
        if (stop.Count > 0 && _dispatcher is not null)
        {
            await TryAmendAsync(_canceller.AnnounceAttempts(stop));
        }

        Finish(final);
    }

    private void Finish(IEnumerable<(RunTarget Target, AttemptEnd End)> ends)
    {
        foreach ((RunTarget Target, AttemptEnd End) pair in ends)
        {
            pair.Target.IsFinal = true;
            _final.Add(pair);
        }
    }

    // Whoever looks on has to know that these ends are the last, and so has who asks for the run again: where the store is away they are
    // not told before it knows, as nothing else of the run is. How long that pays is for the leases to decide, or for who stops the run.
    private async Task SettleAsync(IReadOnlyList<(RunTarget Target, AttemptEnd End)> ends)
    {
        foreach ((RunTarget target, _) in ends)
        {
            target.Settle();
        }

        while (!await TryAmendAsync([]) && !CancelOverdue() && ends.Any(pair => pair.Target.Slice is { IsGone: false }))
        {
            await Task.Delay(s_poll, _session.Clock, _abandon.Token);
        }
    }

    private async Task<bool> TryAmendAsync(IReadOnlyList<Announcement> announcements)
    {
        try
        {
            await _dispatcher!.AmendAsync(_targets, announcements, _abandon.Token);
            return true;
        }
        catch (SlicePoolException exception) when (exception.ErrorId == "StoreUnreachable")
        {
            // A host that does not hear that it is to stop ends by itself, only later.
            return false;
        }
    }

    private async Task AdvanceAsync()
    {
        if (_dispatcher is null)
        {
            return;
        }

        if (Interlocked.Read(ref _cancelledAt) >= 0)
        {
            await GiveUpAsync();
            return;
        }

        await SendUnsentAsync();
        foreach (RetryGroup group in _attempts.Due.Where(group => !_waits.ContainsKey(group)).ToArray())
        {
            await AnnounceRetryAsync(group);
            _waits[group] = WaitForTurnAsync(group);
        }

        foreach ((RetryGroup group, Task<IReadOnlyList<HeldSlice>> wait) in _waits.Where(pair => pair.Value.IsCompleted).ToArray())
        {
            // One that failed needs no turn: it is final. The others go before those that had none yet.
            if (!wait.IsCompletedSuccessfully || (_unsent is null && _attempts.Free > 0))
            {
                _waits.Remove(group);
                await RetryAsync(group, wait);
            }
        }

        await TakeTurnsAsync();
        await PassOnFinalAsync();
    }

    private async Task AnnounceRetryAsync(RetryGroup group)
    {
        foreach ((RunTarget target, AttemptEnd end) in group.Held)
        {
            await RestartAsync(target, end);
        }
    }

    private async Task RestartAsync(RunTarget target, AttemptEnd end)
    {
        target.SeenAnything = false;
        await _records.Writer.WriteAsync(new RunRecord(target.Address, RecordKind.Retry, default, end), _abandon.Token);
    }

    private async Task<IReadOnlyList<HeldSlice>> WaitForTurnAsync(RetryGroup group)
    {
        try
        {
            await Task.Delay(group.Pause, _session.Clock, _giveUp.Token);
            int[] slots = [.. group.Targets.Select(target => target.Place.Slot).Distinct()];
            return await WholeAndHeardAsync(group.Targets, slots);
        }
        finally
        {
            _ring.Sound();
        }
    }

    // The pool may not have noticed yet what its run has: sent to a host that is gone, another attempt would be wasted.
    private async Task<IReadOnlyList<HeldSlice>> WholeAndHeardAsync(IReadOnlyList<RunTarget> targets, int[] slots)
    {
        long start = _session.Clock.GetTimestamp();
        while (true)
        {
            IReadOnlyList<HeldSlice> pool = await _whole!(new RunRequest { Script = "", SliceIds = slots }, _giveUp.Token);
            FleetSnapshot fleet = await _session.Store.ReadFleetAsync(_giveUp.Token);
            AttemptEnd? lost = targets.Select(target => LossRules.Judge(Next(target, pool), fleet)).FirstOrDefault(end => end is not null);
            if (lost is null)
            {
                return pool;
            }

            if (_session.Clock.GetElapsedTime(start) > PoolEnvironment.HealthWait())
            {
                throw new SlicePoolException("LeaseLost", PoolErrorCategory.ResourceUnavailable, $"A host was not replaced in time: {lost.Evidence}.");
            }

            await Task.Delay(s_poll, _session.Clock, _giveUp.Token);
        }
    }

    private RunTarget Next(RunTarget target, IReadOnlyList<HeldSlice> pool)
    {
        HeldSlice slice = pool.First(member => member.Slot == target.Place.Slot);
        return new RunTarget(RunTarget.PlaceOf(slice, target.Place.HostId), slice, RunId);
    }

    private async Task RetryAsync(RetryGroup group, Task<IReadOnlyList<HeldSlice>> wait)
    {
        try
        {
            IReadOnlyList<HeldSlice> pool = await wait;
            foreach (RunTarget target in group.Targets)
            {
                Move(target, pool);
            }

            await SendAsync(_attempts.Start(group), pool);
        }
        catch (SlicePoolException exception)
        {
            Finish(group.TakeAll().Select(pair => (pair.Target, pair.End with { Evidence = $"{pair.End.Evidence}; no other attempt was made: {exception.Message}" })));
        }
    }

    private static void Move(RunTarget target, IReadOnlyList<HeldSlice> pool)
    {
        HeldSlice slice = pool.First(member => member.Slot == target.Place.Slot);
        if (slice != target.Slice)
        {
            target.Move(RunTarget.PlaceOf(slice, target.Place.HostId) with { Attempt = target.Attempt }, slice);
        }
    }

    private Task SendAsync(IReadOnlyList<RunTarget> told, IReadOnlyList<HeldSlice> pool)
    {
        long now = _session.Clock.GetTimestamp();
        foreach (RunTarget target in told)
        {
            target.Send(target.Attempt + 1, now);
            _expected.Remove(target.Key);
        }

        _unsent = (told, pool);
        return SendUnsentAsync();
    }

    // The same attempts again when the store was away: they start once, however often they are announced.
    private async Task SendUnsentAsync()
    {
        if (_unsent is not { } unsent)
        {
            return;
        }

        try
        {
            await _dispatcher!.SendAsync(_targets, unsent.Told, unsent.Pool, _abandon.Token);
            _unsent = null;
        }
        catch (SlicePoolException exception) when (exception.ErrorId == "StoreUnreachable")
        {
            // At the next poll; hosts that are lost meanwhile are judged as such.
        }
    }

    // After the wish to stop nothing new starts: who still waited, for a turn or for another attempt, was cancelled; what else is held back is final.
    private async Task GiveUpAsync()
    {
        await _giveUp.CancelAsync();
        _waits.Clear();
        _turns.Clear();
        IReadOnlyList<(RunTarget Target, AttemptEnd End)> next = _attempts.GiveUpNext();
        IEnumerable<RunTarget> waiting = _targets.Where(target => target is { IsWaiting: true, Ended: false });
        await JudgeAsync(
        [
            .. next,
            .. waiting.Select(target => (target, LossRules.Lost(RunOutcome.Cancelled, "cancelled before it started") with { Attempt = target.Attempt + 1 })),
        ]);
        Finish(_attempts.GiveUp());
        await PassOnFinalAsync();
    }
}
