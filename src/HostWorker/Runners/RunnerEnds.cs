using Eformer.Pool.HostWorker.Runners.Protocol;

namespace Eformer.Pool.HostWorker.Runners;

/// <summary>Makes ends of facts. Pure.</summary>
internal static class RunnerEnds
{
    /// <summary>The end that a runner reported.</summary>
    public static RunnerEnd FromFacts(EndedBody facts) => new()
    {
        Kind = KindOf(facts),
        Evidence = EvidenceOf(facts),
        HadErrors = facts.HadErrors,
        ExitCode = facts.ExitCode,
    };

    /// <summary>The end of a run whose runner ended under it.</summary>
    /// <param name="death">How the runner ended.</param>
    /// <param name="started">Whether user code had started.</param>
    /// <param name="killedBecause">Why the agent killed it, or null when it didn't.</param>
    public static RunnerEnd FromDeath(RunnerDeath death, bool started, string? killedBecause)
    {
        (int exitCode, string lastWords) = death;
        string? signal = SignalNames.FromExitCode(exitCode);
        string how = signal is null ? $"the runner ended with exit code {exitCode}" : $"the runner was killed by {signal}";
        string evidence = lastWords.Length > 0 ? $"{how}: {lastWords}" : how;
        return new RunnerEnd
        {
            Kind = killedBecause is not null ? RunnerEndKind.Stopped : started ? RunnerEndKind.Died : RunnerEndKind.NotStarted,
            Evidence = killedBecause ?? (started ? evidence : $"before user code started, {evidence}"),
            ExitCode = killedBecause is null ? exitCode : null,
            Signal = killedBecause is null ? signal : null,
            RunnerGone = true,
        };
    }

    private static RunnerEndKind KindOf(EndedBody facts) => facts switch
    {
        { NotStarted: true } => RunnerEndKind.NotStarted,
        { Stopped: true } => RunnerEndKind.Stopped,
        { Threw: true } => RunnerEndKind.Threw,
        { ExitCode: not null } => RunnerEndKind.Exited,
        _ => RunnerEndKind.Completed,
    };

    private static string EvidenceOf(EndedBody facts) => facts switch
    {
        { NotStarted: true } => facts.Message ?? "it could not be started",
        { Stopped: true } => "its pipeline was stopped",
        { Threw: true } => facts.Message ?? "it threw",
        { ExitCode: { } code } => $"exit code {code}",
        _ => facts.Message ?? "the script ended",
    };
}
