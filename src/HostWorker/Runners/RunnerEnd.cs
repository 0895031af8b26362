namespace Eformer.Pool.HostWorker.Runners;

/// <summary>The facts of a run's end.</summary>
internal sealed record RunnerEnd
{
    /// <summary>What happened.</summary>
    public required RunnerEndKind Kind { get; init; }

    /// <summary>The fact that decided it, for people.</summary>
    public required string Evidence { get; init; }

    /// <summary>Whether anything was written to the error stream, or it threw.</summary>
    public bool HadErrors { get; init; }

    /// <summary>The script's exit code, or that of the runner when it died; null when there is none.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The signal that ended the runner, such as <c>SIGABRT</c>; null when none did.</summary>
    public string? Signal { get; init; }

    /// <summary>When user code started; null when it never did.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>How long user code ran.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>How many objects of output came.</summary>
    public long Objects { get; init; }

    /// <summary>How far the script last said it had come; null when it did not say, or that was over.</summary>
    public RunProgress? Progress { get; init; }

    /// <summary>Whether the runner is gone and can't be used again.</summary>
    public bool RunnerGone { get; init; }

    /// <summary>Whether it still runs: what is called in the agent's process cannot be made to stop.</summary>
    public bool StillRuns { get; init; }
}
