using Eformer.Pool.HostWorker.Agent;
using Eformer.Pool.HostWorker.Agent.Outcomes;
using Eformer.Pool.HostWorker.Runners;

namespace Eformer.Pool.HostWorker.Tests.Agent.Outcomes;

/// <summary>Each rule by itself, and which of them comes first.</summary>
public sealed class OutcomeRulesTests
{
    private static readonly RunnerEnd s_end = new()
    {
        Kind = RunnerEndKind.Stopped, Evidence = "said by the runner", StartedAt = DateTimeOffset.UnixEpoch, Duration = TimeSpan.FromSeconds(3.2), Objects = 12,
    };

    private static readonly RunnerEndKind[] s_byItself = [RunnerEndKind.Completed, RunnerEndKind.Exited, RunnerEndKind.NotStarted];

    [Fact]
    public void A_script_that_came_to_its_end_has_succeeded() => Knows(
        new ScriptEndedRule(), StopCause.None, (RunnerEndKind.Completed, RunOutcome.Succeeded, "said by the runner"));

    [Theory]
    [InlineData(0, RunOutcome.Succeeded, "exit code 0")]
    [InlineData(3, RunOutcome.Failed, "exit code 3")]
    [InlineData(-1, RunOutcome.Failed, "exit code -1")]
    public void An_exit_is_judged_by_its_code(int code, RunOutcome outcome, string evidence)
    {
        Verdict? verdict = new ExitCodeRule().Judge(s_end with { Kind = RunnerEndKind.Exited, ExitCode = code }, StopCause.None);
        Assert.Equal(new Verdict(outcome, evidence), verdict);
        Knows(new ExitCodeRule(), StopCause.None, (RunnerEndKind.Exited, RunOutcome.Failed, "exit code "));
    }

    [Fact]
    public void What_never_started_is_the_payloads_or_the_engines_error() => Knows(
        new NeverBegunRule(), StopCause.None, (RunnerEndKind.NotStarted, RunOutcome.Error, "said by the runner"));

    [Fact]
    public void A_throw_is_a_failure_with_its_message() => Knows(
        new ThrewRule(), StopCause.None, (RunnerEndKind.Threw, RunOutcome.Failed, "said by the runner"));

    [Fact]
    public void A_runner_that_ended_under_its_script_is_a_failure() => Knows(
        new RunnerEndedRule(),
        StopCause.None,
        (RunnerEndKind.Died, RunOutcome.Failed, "said by the runner, after 3.2 s and 12 objects"),
        (RunnerEndKind.Stopped, RunOutcome.Failed, "said by the runner, after 3.2 s and 12 objects"));

    [Theory]
    [InlineData("Cancelled", RunOutcome.Cancelled, "stopped on request after 3.2 s and 12 objects")]
    [InlineData("Displaced", RunOutcome.Cancelled, "stopped because another run was told to take its place after 3.2 s and 12 objects")]
    [InlineData("TimedOut", RunOutcome.TimedOut, "stopped when its time was up after 3.2 s and 12 objects")]
    [InlineData("LeaseEnded", RunOutcome.LeaseLost, "stopped because the lease ended after 3.2 s and 12 objects")]
    [InlineData("AgentEnding", RunOutcome.HostLost, "stopped because the host's agent is ending after 3.2 s and 12 objects")]
    public void What_was_stopped_ended_for_the_reason_of_the_stop(string cause, RunOutcome outcome, string evidence)
    {
        StopCause why = Enum.Parse<StopCause>(cause);
        Knows(new StopRule(), why, (RunnerEndKind.Stopped, outcome, evidence), (RunnerEndKind.Died, outcome, evidence), (RunnerEndKind.Threw, outcome, evidence));
        AttemptEnd early = OutcomeRules.StoppedEarly(why, 2, DateTimeOffset.UnixEpoch);
        Assert.Equal((outcome, 2, null), (early.Outcome, early.Attempt, early.StartedMs));
        Assert.EndsWith(", before it started", early.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void What_nobody_stopped_is_no_stop() => Knows(new StopRule(), StopCause.None);

    [Fact]
    public void Every_end_has_an_outcome_and_evidence_and_what_a_script_did_by_itself_counts_before_a_stop()
    {
        foreach (RunnerEndKind kind in Enum.GetValues<RunnerEndKind>())
        {
            AttemptEnd alone = Decide(s_end with { Kind = kind, ExitCode = kind == RunnerEndKind.Exited ? 3 : null }, StopCause.None);
            foreach (StopCause cause in Enum.GetValues<StopCause>())
            {
                AttemptEnd end = Decide(s_end with { Kind = kind, ExitCode = kind == RunnerEndKind.Exited ? 3 : null }, cause);
                Assert.NotEmpty(end.Evidence);
                Assert.Equal(cause == StopCause.None || s_byItself.Contains(kind), end == alone);
                Assert.Equal(kind == RunnerEndKind.Threw && cause == StopCause.None, end.Threw);
            }
        }
    }

    [Fact]
    public void What_was_stopped_tells_how_far_it_had_come()
    {
        RunnerEnd copying = s_end with { Objects = 1, Progress = new RunProgress("Copying", "", 40) };
        Assert.Equal("stopped when its time was up after 3.2 s and 1 object, at 'Copying' 40 %", Decide(copying, StopCause.TimedOut).Evidence);
        RunnerEnd vague = s_end with { Progress = new RunProgress("Copying", "disk 2", -1) };
        Assert.Equal("stopped because the lease ended after 3.2 s and 12 objects, at 'Copying' (disk 2)", Decide(vague, StopCause.LeaseEnded).Evidence);
        Assert.Equal("stopped on request before user code started", Decide(s_end with { StartedAt = null }, StopCause.Cancelled).Evidence);
    }

    [Fact]
    public void What_had_to_be_killed_tells_that_too()
    {
        RunnerEnd killed = s_end with { Evidence = "it did not stop within 2 s and was killed", RunnerGone = true };
        Assert.Equal("stopped on request after 3.2 s and 12 objects; it did not stop within 2 s and was killed", Decide(killed, StopCause.Cancelled).Evidence);
        RunnerEnd going = s_end with { Evidence = "it still runs", StillRuns = true };
        Assert.Equal("stopped when its time was up after 3.2 s and 12 objects; it still runs", Decide(going, StopCause.TimedOut).Evidence);
    }

    [Fact]
    public void The_facts_are_kept()
    {
        RunnerEnd died = s_end with { Kind = RunnerEndKind.Died, ExitCode = 137, Signal = "SIGKILL", HadErrors = true, RunnerGone = true };
        AttemptEnd end = OutcomeRules.Decide(died, StopCause.None, 2, DateTimeOffset.UnixEpoch.AddSeconds(4));
        Assert.Equal((137, true, 2, 0L, 4000L, 3200.0), (end.ExitCode, end.HadErrors, end.Attempt, end.StartedMs, end.EndedMs, end.DurationMs));
        Assert.Equal(2001, Decide(s_end with { Kind = RunnerEndKind.Threw, Evidence = new string('x', 5000) }, StopCause.None).Evidence.Length);
    }

    // What the rule says of some kinds of ends, and that it says nothing of the others.
    private static void Knows(IOutcomeRule rule, StopCause cause, params (RunnerEndKind Kind, RunOutcome Outcome, string Evidence)[] known)
    {
        foreach (RunnerEndKind kind in Enum.GetValues<RunnerEndKind>())
        {
            Verdict? expected = known.Where(one => one.Kind == kind).Select(one => new Verdict(one.Outcome, one.Evidence)).FirstOrDefault();
            Assert.Equal(expected, rule.Judge(s_end with { Kind = kind }, cause));
        }
    }

    private static AttemptEnd Decide(RunnerEnd end, StopCause cause) => OutcomeRules.Decide(end, cause, 1, DateTimeOffset.UnixEpoch);
}
