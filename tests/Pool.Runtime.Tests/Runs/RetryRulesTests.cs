using Eformer.Pool.Runs;

namespace Eformer.Pool.Tests.Runs;

/// <summary>Which ends another attempt may follow, at the cost of which budget, and after what pause.</summary>
public class RetryRulesTests
{
    [Theory]
    [InlineData(RunOutcome.Failed, "Failure")]
    [InlineData(RunOutcome.Error, "Failure")]
    [InlineData(RunOutcome.TimedOut, "Failure")]
    [InlineData(RunOutcome.Preempted, "Preemption")]
    [InlineData(RunOutcome.LeaseLost, "Preemption")]
    [InlineData(RunOutcome.HostLost, "Preemption")]
    [InlineData(RunOutcome.NeverStarted, "Preemption")]
    [InlineData(RunOutcome.Succeeded, "None")]
    [InlineData(RunOutcome.Cancelled, "None")]
    [InlineData(RunOutcome.Unknown, "None")]
    public void Every_outcome_has_its_budget_or_none(RunOutcome outcome, string kind) =>
        Assert.Equal(kind, RetryRules.KindOf(new AttemptEnd { Outcome = outcome, Evidence = "x" }).ToString());

    [Fact]
    public void A_busy_host_is_not_asked_again() =>
        Assert.Equal(RetryKind.None, RetryRules.KindOf(new AttemptEnd { Outcome = RunOutcome.NeverStarted, Evidence = "busy", HostBusy = true }));

    [Fact]
    public void Pauses_double_up_to_half_a_minute() =>
        Assert.Equal([1, 2, 4, 8, 16, 30, 30], Enumerable.Range(0, 7).Select(retries => RetryRules.Pause(retries).TotalSeconds));

    [Fact]
    public void However_many_were_made_the_pause_is_one() => Assert.Equal(30, RetryRules.Pause(int.MaxValue).TotalSeconds);
}
