using Eformer.Pool.Runs.Losses;
using Eformer.Pool.Store;

namespace Eformer.Pool.Runs;

/// <content>Hosts that will never be heard again.</content>
internal sealed partial class RunCollector
{
    private async Task LookForLossAsync()
    {
        FleetSnapshot? fleet = await TryReadFleetAsync();
        if (IsGuest)
        {
            await LookAfterDriverAsync(fleet);
        }

        List<(RunTarget Target, AttemptEnd End)> lost = [];
        Dictionary<string, HostRecord>? hosts = fleet?.Hosts.ToDictionary(host => host.Registration.Host, StringComparer.Ordinal);
        lost.AddRange(Lost(target => LossOf(target, hosts, fleet?.RecoveringMs > 0)));
        lost.AddRange(await _silent.LookAsync(_targets, _log.Refused, _abandon.Token));
        lost.AddRange(Lost(_ => CancelOverdue() ? LossRules.Lost(RunOutcome.Unknown, "the host did not confirm the stop in time") : null));
        if (lost.Count > 0)
        {
            // An end the host itself published just before it was lost is the better evidence; where the store is away there is none.
            await DrainAsync(readLog: fleet is not null);
            await JudgeAsync(lost);
        }

        await EndExpectedAsync();
        await HearStopAsync();
        await CancelAgainAsync();
    }

    private IEnumerable<(RunTarget Target, AttemptEnd End)> Lost(Func<RunTarget, AttemptEnd?> judge) =>
        _targets.Where(target => target.IsActive && !_expected.ContainsKey(target.Key))
            .Select(target => (target, judge(target))).Where(pair => pair.Item2 is not null)!;

    private AttemptEnd? LossOf(RunTarget target, Dictionary<string, HostRecord>? hosts, bool isRecovering) =>
        (hosts is null ? null : LossRules.Judge(target, hosts.GetValueOrDefault(target.Place.Host), isRecovering))
        ?? (target.Slice?.IsLost == true ? LossRules.Lost(RunOutcome.LeaseLost, "the pool's lease was lost") : null)
        ?? (_log.IsGone ? LossRules.Lost(RunOutcome.Unknown, "the store has lost the run") : null);

    // What is decided here is written where everybody reads it. A host that has ended after all keeps its own end.
    private async Task JudgeAsync(IReadOnlyList<(RunTarget Target, AttemptEnd End)> judged)
    {
        (RunTarget Target, AttemptEnd End)[] ends = Open(judged);
        if (ends.Length > 0 && await _judge.WriteAsync(ends, _abandon.Token) == AppendStatus.Fenced)
        {
            await DrainAsync(readLog: true);
            ends = Open(ends);
            await _judge.WriteAsync(ends, _abandon.Token);
        }

        foreach ((RunTarget target, AttemptEnd end) in ends)
        {
            _judged = true;
            await TakeEndAsync(target, end);
        }

        await PassOnFinalAsync();
    }

    private (RunTarget Target, AttemptEnd End)[] Open(IEnumerable<(RunTarget Target, AttemptEnd End)> judged) =>
    [
        .. judged.DistinctBy(pair => pair.Target).Where(pair => pair.Target is { Ended: false, AttemptOver: false } or { Ended: false, IsWaiting: true })
            .Select(pair => (pair.Target, pair.End with { EndedMs = NowMs(), Attempt = Math.Max(pair.Target.Attempt, pair.End.Attempt) })),
    ];

    // The store knows how these ended, but the entry that says so was read by somebody else and is gone, or the whole run is. Where another
    // attempt may follow they wait for that, as ends do that were read.
    private async Task EndExpectedAsync()
    {
        foreach (RunTarget target in _targets.Where(target => target is { Ended: false, AttemptOver: false } && _expected.ContainsKey(target.Key)))
        {
            LogEnd known = _expected[target.Key];
            AttemptEnd end = LossRules.Lost(known.Outcome, "the store's record of the run; its signed entry was received by the run's driver")
                with { Attempt = known.Attempt };
            await TakeEndAsync(target, end);
        }

        await PassOnFinalAsync();
    }

    private async Task<FleetSnapshot?> TryReadFleetAsync()
    {
        try
        {
            return await _session.Store.ReadFleetAsync(_abandon.Token);
        }
        catch (SlicePoolException exception) when (exception.ErrorId == "StoreUnreachable")
        {
            return null;
        }
    }

    private bool CancelOverdue()
    {
        long at = Interlocked.Read(ref _cancelledAt);
        return at >= 0 && _session.Clock.GetElapsedTime(at) > s_cancelLimit;
    }
}
