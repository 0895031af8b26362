using Eformer.Pool.HostWorker.Agent;
using Eformer.Pool.HostWorker.Runners;

namespace Eformer.Pool.HostWorker.Tests.Agent;

public sealed class OutcomeRulesTests
{
    private static readonly RunnerEnd s_stopped = new()
    {
        Kind = RunnerEndKind.Stopped, Evidence = "stopped on request", StartedAt = DateTimeOffset.UnixEpoch, Duration = TimeSpan.FromSeconds(3.2), Objects = 12,
    };

    [Fact]
    public void What_was_stopped_tells_how_far_it_had_come()
    {
        Assert.Equal("stopped on request after 3.2 s and 12 objects", Evidence(s_stopped, StopCause.Cancelled));
        RunnerEnd copying = s_stopped with { Objects = 1, Progress = new RunProgress("Copying", "", 40) };
        Assert.Equal("stopped when its time was up after 3.2 s and 1 object, at 'Copying' 40 %", Evidence(copying, StopCause.TimedOut));
        RunnerEnd vague = s_stopped with { Progress = new RunProgress("Copying", "disk 2", -1) };
        Assert.Equal("stopped because the lease ended after 3.2 s and 12 objects, at 'Copying' (disk 2)", Evidence(vague, StopCause.LeaseEnded));
    }

    [Fact]
    public void What_had_to_be_killed_tells_that_too()
    {
        RunnerEnd killed = s_stopped with { Evidence = "it did not stop within 2 s and was killed", RunnerGone = true };
        Assert.Equal("stopped on request after 3.2 s and 12 objects; it did not stop within 2 s and was killed", Evidence(killed, StopCause.Cancelled));
    }

    [Fact]
    public void What_died_by_itself_tells_how_far_it_had_come()
    {
        RunnerEnd died = s_stopped with { Kind = RunnerEndKind.Died, Evidence = "the runner was killed by SIGKILL", RunnerGone = true };
        AttemptEnd end = OutcomeRules.Decide(died, StopCause.None, 1, DateTimeOffset.UnixEpoch);
        Assert.Equal((RunOutcome.Failed, "the runner was killed by SIGKILL, after 3.2 s and 12 objects"), (end.Outcome, end.Evidence));
    }

    [Fact]
    public void What_had_not_started_says_so()
    {
        RunnerEnd early = s_stopped with { StartedAt = null };
        Assert.Equal("stopped on request before user code started", Evidence(early, StopCause.Cancelled));
    }

    private static string Evidence(RunnerEnd end, StopCause cause) => OutcomeRules.Decide(end, cause, 1, DateTimeOffset.UnixEpoch).Evidence;
}
