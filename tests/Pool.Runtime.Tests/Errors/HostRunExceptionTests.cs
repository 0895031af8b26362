namespace Eformer.Pool.Tests.Errors;

/// <summary>What is said of a host that did not succeed.</summary>
public sealed class HostRunExceptionTests
{
    private static readonly HostAddress s_host = new("slice-0", 0, 3, "node", "run");

    [Theory]
    [InlineData(RunOutcome.Failed, "HostScriptFailed")]
    [InlineData(RunOutcome.Error, "PayloadError")]
    [InlineData(RunOutcome.Preempted, "HostPreempted")]
    [InlineData(RunOutcome.Cancelled, "RunCancelled")]
    [InlineData(RunOutcome.TimedOut, "HostTimeout")]
    [InlineData(RunOutcome.LeaseLost, "LeaseLost")]
    [InlineData(RunOutcome.HostLost, "HostLost")]
    [InlineData(RunOutcome.NeverStarted, "NeverStarted")]
    [InlineData(RunOutcome.Unknown, "UnknownOutcome")]
    public void Every_outcome_has_a_stable_id_and_tells_host_evidence_and_advice(RunOutcome outcome, string errorId)
    {
        HostRunException error = new(s_host, new AttemptEnd { Outcome = outcome, Evidence = "the fact.", ExitCode = 3 });
        Assert.Equal((errorId, outcome, 3, s_host), (error.ErrorId, error.Outcome, error.ExitCode, error.Host));
        Assert.StartsWith("Host slice-0/3: ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith(": the fact.", error.Message, StringComparison.Ordinal);
        Assert.False(string.IsNullOrEmpty(error.RecommendedAction));
    }

    [Fact]
    public void A_busy_host_has_an_id_of_its_own() => Assert.Equal(
        "HostBusy", new HostRunException(s_host, new AttemptEnd { Outcome = RunOutcome.NeverStarted, Evidence = "busy with run x", HostBusy = true }).ErrorId);

    [Fact]
    public void No_outcome_is_left_out() => Assert.Equal(10, Enum.GetValues<RunOutcome>().Length);
}
