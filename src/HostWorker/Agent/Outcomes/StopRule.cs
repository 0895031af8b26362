using Eformer.Pool.HostWorker.Runners;

namespace Eformer.Pool.HostWorker.Agent.Outcomes;

/// <summary>What was stopped from outside ended for the reason of the stop, however it ended: stopped, killed, or with an error of its own.</summary>
internal sealed class StopRule : IOutcomeRule
{
    /// <inheritdoc/>
    public Verdict? Judge(RunnerEnd end, StopCause cause) =>
        cause != StopCause.None && end.Kind is RunnerEndKind.Stopped or RunnerEndKind.Died or RunnerEndKind.Threw
            ? new Verdict(OutcomeOf(cause), EvidenceOf(cause, end))
            : null;

    /// <summary>The end of an attempt that was stopped before it reached a runner.</summary>
    public static Verdict BeforeStart(StopCause cause) => new(OutcomeOf(cause), TextOf(cause) + ", before it started");

    private static RunOutcome OutcomeOf(StopCause cause) => cause switch
    {
        StopCause.Cancelled or StopCause.Displaced => RunOutcome.Cancelled,
        StopCause.TimedOut => RunOutcome.TimedOut,
        StopCause.LeaseEnded => RunOutcome.LeaseLost,
        _ => RunOutcome.HostLost,
    };

    // A runner that had to be killed left no word of its own; why it was killed belongs to the evidence. So does that it could not be.
    private static string EvidenceOf(StopCause cause, RunnerEnd end) => end is { Kind: RunnerEndKind.Stopped } and ({ RunnerGone: true } or { StillRuns: true })
        ? $"{TextOf(cause)} {HowFar.Of(end)}; {end.Evidence}"
        : $"{TextOf(cause)} {HowFar.Of(end)}";

    private static string TextOf(StopCause cause) => cause switch
    {
        StopCause.Cancelled => "stopped on request",
        StopCause.Displaced => "stopped because another run was told to take its place",
        StopCause.TimedOut => "stopped when its time was up",
        StopCause.LeaseEnded => "stopped because the lease ended",
        _ => "stopped because the host's agent is ending",
    };
}
