using Eformer.Pool.HostWorker.Runners;

namespace Eformer.Pool.HostWorker.Agent.Outcomes;

/// <summary>Decides an attempt's outcome from facts: how the runner ended, and why it was stopped. Pure.</summary>
internal static class OutcomeRules
{
    private const int MaxEvidence = 2000;

    // The first one that has a verdict decides. What a script did by itself counts before the wish to stop it, which may have come a
    // moment too late.
    private static readonly IOutcomeRule[] s_rules =
        [new ScriptEndedRule(), new ExitCodeRule(), new NeverBegunRule(), new StopRule(), new RunnerEndedRule(), new ThrewRule()];

    /// <summary>The end of an attempt.</summary>
    public static AttemptEnd Decide(RunnerEnd end, StopCause cause, int attempt, DateTimeOffset now)
    {
        Verdict verdict = s_rules.Select(rule => rule.Judge(end, cause)).FirstOrDefault(found => found is not null)
            ?? throw new InvalidOperationException($"No rule knows what an end of the kind {end.Kind} is.");
        return new AttemptEnd
        {
            Outcome = verdict.Outcome,
            Evidence = Cut(verdict.Evidence),
            Attempt = attempt,
            HadErrors = end.HadErrors,
            Threw = verdict.Outcome == RunOutcome.Failed && end.Kind == RunnerEndKind.Threw,
            ExitCode = end.ExitCode,
            StartedMs = end.StartedAt?.ToUnixTimeMilliseconds(),
            EndedMs = now.ToUnixTimeMilliseconds(),
            DurationMs = end.Duration.TotalMilliseconds,
        };
    }

    /// <summary>The end of an attempt that was stopped before it reached a runner.</summary>
    public static AttemptEnd StoppedEarly(StopCause cause, int attempt, DateTimeOffset now)
    {
        Verdict verdict = StopRule.BeforeStart(cause);
        return NotStarted(verdict.Outcome, verdict.Evidence, attempt, now);
    }

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
}
