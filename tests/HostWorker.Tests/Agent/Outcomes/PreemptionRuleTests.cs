using Eformer.Pool.HostWorker.Agent.Outcomes;

namespace Eformer.Pool.HostWorker.Tests.Agent.Outcomes;

/// <summary>When the end of an attempt is the doing of whoever took the machine away.</summary>
public class PreemptionRuleTests
{
    [Theory]
    [InlineData(RunOutcome.LeaseLost, false, null, true)]
    [InlineData(RunOutcome.HostLost, false, null, true)]
    [InlineData(RunOutcome.Failed, false, 143, true)]
    [InlineData(RunOutcome.Failed, false, 137, true)]
    [InlineData(RunOutcome.Failed, false, 3, false)]
    [InlineData(RunOutcome.Failed, true, null, false)]
    [InlineData(RunOutcome.Failed, true, 143, false)]
    [InlineData(RunOutcome.Succeeded, false, 0, false)]
    [InlineData(RunOutcome.Cancelled, false, null, false)]
    [InlineData(RunOutcome.TimedOut, false, null, false)]
    public void Only_losses_on_a_machine_that_was_announced_to_go_are_preemptions(RunOutcome outcome, bool threw, int? exitCode, bool preempted)
    {
        AttemptEnd end = new() { Outcome = outcome, Evidence = "the fact", Threw = threw, ExitCode = exitCode };
        Assert.Same(end, PreemptionRule.Apply(end, null));
        AttemptEnd judged = PreemptionRule.Apply(end, "the provider said so");
        Assert.Equal(preempted ? RunOutcome.Preempted : outcome, judged.Outcome);
        Assert.Equal(preempted, judged.Evidence == "the provider said so; the fact");
    }
}
