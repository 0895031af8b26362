using System.Globalization;
using Eformer.Pool.HostWorker.Runners;

namespace Eformer.Pool.HostWorker.Agent;

/// <summary>Decides an attempt's outcome from facts: how the runner ended, and why it was stopped. Pure.</summary>
internal static class OutcomeRules
{
    private const int MaxEvidence = 2000;

    /// <summary>The end of an attempt.</summary>
    public static AttemptEnd Decide(RunnerEnd end, StopCause cause, int attempt, DateTimeOffset now)
    {
        (RunOutcome outcome, string evidence) = Classify(end, cause);
        evidence = Cut(evidence);
        return new AttemptEnd
        {
            Outcome = outcome,
            Evidence = evidence,
            Attempt = attempt,
            HadErrors = end.HadErrors,
            Threw = outcome == RunOutcome.Failed && end.Kind == RunnerEndKind.Threw,
            ExitCode = end.ExitCode,
            StartedMs = end.StartedAt?.ToUnixTimeMilliseconds(),
            EndedMs = now.ToUnixTimeMilliseconds(),
            DurationMs = end.Duration.TotalMilliseconds,
        };
    }

    /// <summary>The end of an attempt that was stopped before it reached a runner.</summary>
    public static AttemptEnd StoppedEarly(StopCause cause, int attempt, DateTimeOffset now) =>
        NotStarted(OfCause(cause), EvidenceOf(cause) + ", before it started", attempt, now);

    /// <summary>The end of an attempt that never reached a runner.</summary>
    public static AttemptEnd NotStarted(RunOutcome outcome, string evidence, int attempt, DateTimeOffset now) => new()
    {
        Outcome = outcome,
        Evidence = Cut(evidence),
        Attempt = attempt,
        EndedMs = now.ToUnixTimeMilliseconds(),
    };

    // An end must fit into one entry of the log together with others; the whole message came as an error record.
    private static string Cut(string evidence) => evidence.Length <= MaxEvidence ? evidence : evidence[..MaxEvidence] + "…";

    // What the script did by itself counts before the wish to stop it, which may have come a moment too late.
    private static (RunOutcome Outcome, string Evidence) Classify(RunnerEnd end, StopCause cause) => end.Kind switch
    {
        RunnerEndKind.Completed => (RunOutcome.Succeeded, "the script ended"),
        RunnerEndKind.Exited when end.ExitCode == 0 => (RunOutcome.Succeeded, "exit code 0"),
        RunnerEndKind.Exited => (RunOutcome.Failed, string.Create(CultureInfo.InvariantCulture, $"exit code {end.ExitCode}")),
        RunnerEndKind.NotStarted => (RunOutcome.Error, end.Evidence),
        RunnerEndKind.Stopped or RunnerEndKind.Died when cause != StopCause.None => (OfCause(cause), EvidenceOf(cause, end)),
        RunnerEndKind.Threw when cause != StopCause.None => (OfCause(cause), EvidenceOf(cause, end)),
        RunnerEndKind.Stopped or RunnerEndKind.Died => (RunOutcome.Failed, $"{end.Evidence}, {HowFar(end)}"),
        _ => (RunOutcome.Failed, end.Evidence),
    };

    private static RunOutcome OfCause(StopCause cause) => cause switch
    {
        StopCause.Cancelled or StopCause.Displaced => RunOutcome.Cancelled,
        StopCause.TimedOut => RunOutcome.TimedOut,
        StopCause.LeaseEnded => RunOutcome.LeaseLost,
        _ => RunOutcome.HostLost,
    };

    // A runner that had to be killed left no word of its own; why it was killed belongs to the evidence.
    private static string EvidenceOf(StopCause cause, RunnerEnd end) => end is { Kind: RunnerEndKind.Stopped, RunnerGone: true }
        ? $"{EvidenceOf(cause)} {HowFar(end)}; {end.Evidence}"
        : $"{EvidenceOf(cause)} {HowFar(end)}";

    private static string HowFar(RunnerEnd end)
    {
        if (end.StartedAt is null)
        {
            return "before user code started";
        }

        string objects = end.Objects == 1 ? "1 object" : string.Create(CultureInfo.InvariantCulture, $"{end.Objects} objects");
        string far = string.Create(CultureInfo.InvariantCulture, $"after {end.Duration.TotalSeconds:0.0} s and {objects}");
        return end.Progress is null ? far : $"{far}, at {end.Progress}";
    }

    private static string EvidenceOf(StopCause cause) => cause switch
    {
        StopCause.Cancelled => "stopped on request",
        StopCause.Displaced => "stopped because another run was told to take its place",
        StopCause.TimedOut => "stopped when its time was up",
        StopCause.LeaseEnded => "stopped because the lease ended",
        _ => "stopped because the host's agent is ending",
    };
}
