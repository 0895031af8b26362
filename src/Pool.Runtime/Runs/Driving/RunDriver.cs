using Eformer.Pool.Pools;
using Eformer.Pool.Runs.Collecting;
using Eformer.Pool.Runs.Losses;
using Eformer.Pool.Store;

namespace Eformer.Pool.Runs.Driving;

/// <summary>Drives a run: has attempts made, one after another or some hosts at a time, and says which ends are the last.</summary>
internal sealed class RunDriver : IRunRole
{
    private static readonly TimeSpan s_poll = TimeSpan.FromSeconds(1);

    private readonly CollectedRun _run;
    private readonly RunAttempts _attempts;
    private readonly AttemptSender _sender;
    private readonly NextAttempts _next;
    private readonly HostTurns _turns;
    private readonly bool _retries;
    private readonly CancellationTokenSource _giveUp = new();

    /// <summary>Drives a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="attempts">Decides on its attempts.</param>
    /// <param name="dispatcher">Sends them.</param>
    /// <param name="whole">Waits until some slots of the pool are whole, and gives its slices.</param>
    /// <param name="retries">Whether further attempts may be made, so that it has to be said which is the last.</param>
    public RunDriver(
        CollectedRun run,
        RunAttempts attempts,
        RunDispatcher dispatcher,
        Func<RunRequest, CancellationToken, Task<IReadOnlyList<HeldSlice>>> whole,
        bool retries)
    {
        ReadySlices slices = new(run, whole);
        _run = run;
        _attempts = attempts;
        _sender = new AttemptSender(run, dispatcher);
        _next = new NextAttempts(run, attempts, _sender, slices);
        _turns = new HostTurns(run, attempts, _sender, slices);
        _retries = retries;
    }

    public bool IsDriver => true;

    public Task HearAsync(RunTarget target, int attempt) => _next.FollowAsync(target);

    public async Task TakeEndAsync(RunTarget target, AttemptEnd end)
    {
        if (end.Attempt > target.Attempt)
        {
            // Made by another handle, or never: it has its number all the same, and the next one is another.
            target.Send(end.Attempt, _run.Session.Clock.GetTimestamp());
        }

        if (_run.Stop.IsMade)
        {
            // Who still ran then, and ended by himself before he heard of it, waits for nothing: that is how he ended.
            _attempts.Close();
        }

        IReadOnlyList<(RunTarget, AttemptEnd)> final = _attempts.Take(target, end, out IReadOnlyList<RunTarget> stop);
        if (stop.Count > 0)
        {
            await _sender.StopAsync(stop);
        }

        _run.Final.Add(final);
    }

    public async ValueTask<IReadOnlyList<(RunTarget Target, AttemptEnd End)>> AdvanceAsync()
    {
        if (_run.Stop.IsMade)
        {
            return await GiveUpAsync();
        }

        await _sender.SendUnsentAsync();
        await _next.MakeAsync(_giveUp.Token);
        return await _turns.TakeAsync(_giveUp.Token);
    }

    // A host that waits for its next attempt has nobody on it who hears that somebody else stops the run: it would end only with that attempt.
    public async Task LookAsync(FleetSnapshot? fleet, RunReading reading)
    {
        if (_next.Any && !_run.Stop.IsMade && await _run.IsCancelledAsync())
        {
            _run.Stop.Make();
        }
    }

    // Whoever looks on has to know that these ends are the last, and so has who asks for the run again: where the store is away they are
    // not told before it knows, as nothing else of the run is. How long that pays is for the leases to decide, or for who stops the run.
    public async Task SettleAsync(IReadOnlyList<(RunTarget Target, AttemptEnd End)> ends)
    {
        if (!_retries)
        {
            return;
        }

        foreach ((RunTarget target, _) in ends)
        {
            target.Settle();
        }

        while (!await _sender.TryTellAsync() && !_run.Stop.IsOverdue && ends.Any(pair => pair.Target.Slice is { IsGone: false }))
        {
            await Task.Delay(s_poll, _run.Session.Clock, _run.Abandoned);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _giveUp.CancelAsync();
        _giveUp.Dispose();
    }

    // After the wish to stop nothing new starts: who still waited, for a turn or for another attempt, was cancelled; what else is held back is final.
    private async Task<IReadOnlyList<(RunTarget Target, AttemptEnd End)>> GiveUpAsync()
    {
        await _giveUp.CancelAsync();
        _next.Clear();
        _turns.Clear();
        IReadOnlyList<(RunTarget Target, AttemptEnd End)> next = _attempts.GiveUpNext();
        _run.Final.Add(_attempts.GiveUp());
        IEnumerable<RunTarget> waiting = _run.Targets.Where(target => target is { IsWaiting: true, Ended: false, IsFinal: false });
        return
        [
            .. next,
            .. waiting.Select(target => (target, LossRules.Lost(RunOutcome.Cancelled, "cancelled before it started") with { Attempt = target.Attempt + 1 })),
        ];
    }
}
