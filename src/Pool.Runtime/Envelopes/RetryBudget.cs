namespace Eformer.Pool.Envelopes;

/// <summary>How often a run's hosts are tried again, as it was first sent: whoever asks for the run later has no other budget.</summary>
/// <param name="Failures">How often after a failure, for each unit of the scope.</param>
/// <param name="Preemptions">How often after a preemption or a loss, for each unit of the scope.</param>
/// <param name="Scope">What runs again.</param>
public sealed record RetryBudget(int Failures, int Preemptions, RetryScope Scope)
{
    /// <summary>The budget of a request.</summary>
    public static RetryBudget Of(RunRequest request) => new(request.MaxFailureRetry, request.MaxPreemptionRetry, request.RetryScope);

    /// <summary>A request with this budget instead of its own.</summary>
    public RunRequest Give(RunRequest request) => request with { MaxFailureRetry = Failures, MaxPreemptionRetry = Preemptions, RetryScope = Scope };
}
