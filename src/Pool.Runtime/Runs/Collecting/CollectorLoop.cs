using Eformer.Pool.Runs.Losses;
using Eformer.Pool.Store;

namespace Eformer.Pool.Runs.Collecting;

/// <summary>Goes on until every host of a run has its one end: takes what comes, does what is next, and looks once a second for what does not come.</summary>
internal sealed class CollectorLoop
{
    private static readonly TimeSpan s_poll = TimeSpan.FromSeconds(1);

    private readonly CollectedRun _run;
    private readonly IRunRole _role;
    private readonly RunReading _reading;
    private readonly RunVerdicts _verdicts;
    private readonly LostHosts _lost;

    /// <summary>Collects a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="log">Its log.</param>
    /// <param name="role">What it is collected for.</param>
    /// <param name="judge">Writes verdicts.</param>
    /// <param name="isKept">Whether others may read its log later.</param>
    public CollectorLoop(CollectedRun run, RunLog log, IRunRole role, RunJudge judge, bool isKept)
    {
        _run = run;
        _role = role;
        _reading = new RunReading(run, log, role, forgets: !isKept && !run.IsAttached);
        _verdicts = new RunVerdicts(run, judge, _reading, role);
        _lost = new LostHosts(run, log);
    }

    /// <summary>Collects until the end. Never fails: what went wrong is told to the reader of the run.</summary>
    public async Task CollectAsync()
    {
        try
        {
            await CollectEndsAsync();
            _run.Records.Complete();
            await StopWhatIsLostAsync();
            _run.IsOver = true;
        }
        catch (OperationCanceledException) when (_run.GoesOn)
        {
            AttemptEnd end = LossRules.Lost(RunOutcome.Unknown, "the driver let go of the pool; the run goes on");
            _run.IsOver = true;
            _run.Records.CompleteWith(end with { EndedMs = _run.Session.Clock.GetUtcNow().ToUnixTimeMilliseconds() }, _run.Targets);
        }
        catch (Exception exception)
        {
            _run.IsOver = true;
            _run.Records.Complete(exception);
        }
        finally
        {
            await _role.DisposeAsync();
        }
    }

    private async Task CollectEndsAsync()
    {
        // Whoever attaches reads at once what is there.
        bool waits = !_run.IsAttached;
        long lookedAt = _run.Session.Clock.GetTimestamp();
        while (Array.Exists(_run.Targets, target => !target.Ended))
        {
            bool rung = waits && await _run.Ring.WaitAsync(s_poll, _run.Abandoned);
            waits = true;
            await _reading.DrainAsync(readLog: !rung);
            await _verdicts.GiveAsync(await _role.AdvanceAsync());
            if (!rung || _run.Session.Clock.GetElapsedTime(lookedAt) > s_poll)
            {
                lookedAt = _run.Session.Clock.GetTimestamp();
                await LookAsync();
            }
        }
    }

    private async Task LookAsync()
    {
        FleetSnapshot? fleet = await _run.TryReadFleetAsync();
        await _role.LookAsync(fleet, _reading);
        IReadOnlyList<(RunTarget Target, AttemptEnd End)> lost = await _lost.FindAsync(fleet);
        if (lost.Count > 0)
        {
            // An end the host itself published just before it was lost is the better evidence; where the store is away there is none.
            await _reading.DrainAsync(readLog: fleet is not null);
            await _verdicts.GiveAsync(lost);
        }

        await _reading.TakeKnownAsync();
        await StopAgainAsync();
    }

    // The wish to stop may have met a store that was away. And where nobody can tell any more how it ends, nothing may go on.
    private async Task StopAgainAsync()
    {
        if (_run.Stop.IsSent || !(_run.Stop.IsMade || _reading.IsGone))
        {
            return;
        }

        _run.Stop.Make();
        if (await _run.Stop.TrySendAsync(_run.Abandoned))
        {
            _run.Ring.Sound();
        }
    }

    // A host that was judged lost may run on: its agent may only have been silent, and nobody will hear what comes of it.
    private async Task StopWhatIsLostAsync()
    {
        if (!_verdicts.Any || _run.Stop.IsSent)
        {
            return;
        }

        try
        {
            await _run.Stop.SendAsync(_run.Abandoned);
        }
        catch (Exception exception) when (exception is OperationCanceledException or SlicePoolException)
        {
            // Then its lease ends it, or the agent does when it cannot publish.
        }
    }
}
