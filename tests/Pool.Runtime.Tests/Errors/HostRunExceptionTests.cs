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

    [Theory]
    [InlineData("FunctionNotFound", PoolErrorCategory.ObjectNotFound)]
    [InlineData("ContractMismatch", PoolErrorCategory.InvalidData)]
    [InlineData("ArgumentsUnreadable", PoolErrorCategory.InvalidArgument)]
    [InlineData("AssemblyNotLoadable", PoolErrorCategory.InvalidData)]
    [InlineData("IsolationRefused", PoolErrorCategory.SecurityError)]
    public void A_call_that_could_not_begin_has_the_id_its_host_gave(string errorId, PoolErrorCategory category)
    {
        HostRunException error = new(s_host, new AttemptEnd { Outcome = RunOutcome.Error, Evidence = errorId + ": why it is so. What to do." });
        Assert.Equal((errorId, category), (error.ErrorId, error.Category));
        Assert.EndsWith(": why it is so. What to do.", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(errorId, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("script", error.Message, StringComparison.Ordinal);
        Assert.False(string.IsNullOrEmpty(error.RecommendedAction));
    }

    [Theory]
    [InlineData(RunOutcome.Failed, "FunctionNotFound: said by the script", "HostScriptFailed")]
    [InlineData(RunOutcome.Error, "Something: else", "PayloadError")]
    public void An_id_that_is_none_of_a_call_counts_for_nothing(RunOutcome outcome, string evidence, string errorId) =>
        Assert.Equal(errorId, new HostRunException(s_host, new AttemptEnd { Outcome = outcome, Evidence = evidence }).ErrorId);

    [Fact]
    public void No_outcome_is_left_out() => Assert.Equal(10, Enum.GetValues<RunOutcome>().Length);
}
