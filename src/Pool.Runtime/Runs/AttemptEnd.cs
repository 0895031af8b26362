namespace Eformer.Pool;

/// <summary>How one attempt ended, as its agent saw it.</summary>
public sealed record AttemptEnd
{
    /// <summary>The outcome.</summary>
    public required RunOutcome Outcome { get; init; }

    /// <summary>The fact that decided the outcome, for people: <c>exit code 3</c>, <c>killed by SIGABRT</c>.</summary>
    public required string Evidence { get; init; }

    /// <summary>Whether it was not started because the host was busy with another run.</summary>
    public bool HostBusy { get; init; }

    /// <summary>Number of the attempt, from 1.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>Bytes of all streams, when they were more than <see cref="OutputLimit"/> and the rest was dropped; else 0.</summary>
    public long OutputBytes { get; init; }

    /// <summary>How many bytes of output are kept, when it was more; else 0.</summary>
    public long OutputLimit { get; init; }

    /// <summary>Whether anything was written to the error stream.</summary>
    public bool HadErrors { get; init; }

    /// <summary>
    /// Whether the script failed by an error that it did not catch; that error is the last record of its error stream then.
    /// </summary>
    public bool Threw { get; init; }

    /// <summary>Exit code of the script, or of its runner when that died; null when there is none.</summary>
    public int? ExitCode { get; init; }

    /// <summary>When user code started, Unix milliseconds of the host's clock; null when it never did.</summary>
    public long? StartedMs { get; init; }

    /// <summary>When the attempt ended, Unix milliseconds of the host's clock.</summary>
    public long EndedMs { get; init; }

    /// <summary>How long user code ran, in milliseconds, by a clock that does not jump.</summary>
    public double DurationMs { get; init; }
}
