using Eformer.Pool.Pools;
using Eformer.Pool.Runs;
using Eformer.Pool.Runs.Driving;
using Eformer.Pool.Tests.Support;

namespace Eformer.Pool.Tests.Runs;

/// <summary>Whose turn it is, when a run goes on a few hosts at a time and some are tried again.</summary>
public class RunAttemptsTests
{
    private static readonly AttemptEnd s_failed = new() { Outcome = RunOutcome.Failed, Evidence = "exit code 3" };
    private readonly RunTarget[] _targets = [.. Enumerable.Range(0, 3).Select(Unsent)];

    [Fact]
    public void A_host_that_is_tried_again_waits_for_its_turn()
    {
        RunAttempts attempts = Attempts(RetryScope.Host);
        RetryGroup again = Fail(attempts, _targets[0]);
        Assert.Equal(_targets[1], Assert.Single(attempts.TakeTurns()));
        _targets[1].Send(1, 0);
        Assert.Equal(0, attempts.Free);

        Assert.Empty(attempts.Start(again));
        Assert.Empty(attempts.TakeTurns());
        _targets[1].AttemptOver = true;
        Assert.Equal(_targets[0], Assert.Single(attempts.TakeTurns()));
    }

    [Fact]
    public void Hosts_that_are_tried_again_together_take_turns()
    {
        RunAttempts attempts = Attempts(RetryScope.Pool);
        RetryGroup again = null!;
        foreach (RunTarget target in _targets)
        {
            again = Fail(attempts, target, isLast: target == _targets[^1]);
        }

        Assert.Equal(_targets[0], Assert.Single(attempts.Start(again)));
        _targets[0].Send(2, 0);
        Assert.Empty(attempts.TakeTurns());
        _targets[0].AttemptOver = true;
        Assert.Equal(_targets[1], Assert.Single(attempts.TakeTurns()));
    }

    [Fact]
    public void Who_has_an_outcome_is_not_tried_again_with_the_others()
    {
        RunAttempts attempts = Attempts(RetryScope.Pool, _targets[1..]);
        Assert.Equal((_targets[0], s_failed), Assert.Single(attempts.Take(_targets[0], s_failed, out _)));
        Fail(attempts, _targets[1], isLast: false);
        RetryGroup again = Fail(attempts, _targets[2]);
        Assert.Equal(_targets[1..], again.Targets);
        Assert.Equal(_targets[1..], attempts.GiveUpNext().Select(pair => pair.Target));
    }

    [Fact]
    public void Who_is_stopped_between_two_attempts_was_cancelled_before_the_next()
    {
        RunAttempts attempts = Attempts(RetryScope.Pool);
        Fail(attempts, _targets[0], isLast: false);
        _targets[1].Send(1, 0);
        attempts.Take(_targets[1], s_failed with { Outcome = RunOutcome.Succeeded }, out _);

        (RunTarget target, AttemptEnd end) = Assert.Single(attempts.GiveUpNext());
        Assert.Equal((_targets[0], RunOutcome.Cancelled, 2), (target, end.Outcome, end.Attempt));
        Assert.Contains("Failed: exit code 3", end.Evidence, StringComparison.Ordinal);
        Assert.True(target.IsWaiting);

        // What was done is done, although it would have been done again.
        Assert.Equal((_targets[1], RunOutcome.Succeeded), Assert.Single(attempts.GiveUp().Select(pair => (pair.Target, pair.End.Outcome))));
        Assert.Empty(attempts.GiveUpNext());
    }

    [Fact]
    public void After_a_stop_every_end_is_final_that_no_host_waited_for()
    {
        RunAttempts attempts = Attempts(RetryScope.Pool);
        Fail(attempts, _targets[0], isLast: false);
        _targets[1].Send(1, 0);
        _targets[2].Send(1, 0);
        attempts.Close();
        Assert.Equal(_targets[0], Assert.Single(attempts.GiveUpNext()).Target);
        Assert.Empty(attempts.GiveUp());

        // They end by themselves, just before they hear of the stop: nothing was to follow that.
        Assert.Equal((_targets[1], s_failed), Assert.Single(attempts.Take(_targets[1], s_failed, out IReadOnlyList<RunTarget> stop)));
        Assert.Empty(stop);
        AttemptEnd good = s_failed with { Outcome = RunOutcome.Succeeded };
        Assert.Equal((_targets[2], good), Assert.Single(attempts.Take(_targets[2], good, out _)));
        Assert.Empty(attempts.GiveUpNext());
        Assert.Empty(attempts.GiveUp());
    }

    private static RunTarget Unsent(int slot)
    {
        HeldSlice slice = Fleets.Held(slot, Fleets.Host("h" + slot));
        return new RunTarget(RunTarget.PlaceOf(slice, 0), slice, "run");
    }

    private static RetryGroup Fail(RunAttempts attempts, RunTarget target, bool isLast = true)
    {
        target.Send(1, 0);
        attempts.Take(target, s_failed, out _);
        return isLast ? Assert.Single(attempts.Due) : null!;
    }

    private RunAttempts Attempts(RetryScope scope, RunTarget[]? open = null) =>
        new(new RunRequest { Script = "", ThrottleLimit = 1, MaxFailureRetry = 1, RetryScope = scope }, _targets, open ?? _targets);
}
