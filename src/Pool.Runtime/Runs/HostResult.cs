namespace Eformer.Pool;

/// <summary>What one host made of a run.</summary>
public sealed class HostResult
{
    /// <summary>Where it ran.</summary>
    public required HostAddress Host { get; init; }

    /// <summary>Slot of the slice in its pool, from 0.</summary>
    public int SliceId => Host.SliceId;

    /// <summary>Name of the slice.</summary>
    public string SliceName => Host.SliceName;

    /// <summary>Index of the host in its slice, from 0.</summary>
    public int HostId => Host.HostId;

    /// <summary>Identity of the machine.</summary>
    public string Node => Host.Node;

    /// <summary>How it ended.</summary>
    public required RunOutcome Outcome { get; init; }

    /// <summary>Whether anything was written to the error stream.</summary>
    public bool HadErrors { get; init; }

    /// <summary>Exit code of the script, or of its runner when that died; null when there is none.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The fact that decided the outcome.</summary>
    public required string Evidence { get; init; }

    /// <summary>The objects of the output stream.</summary>
    public object?[] Output { get; init; } = [];

    /// <summary>The error records.</summary>
    public object[] Errors { get; init; } = [];

    /// <summary>Number of the attempt, from 1.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>When the run was sent, local time.</summary>
    public DateTime? Queued { get; init; }

    /// <summary>When user code started, local time; null when it never did.</summary>
    public DateTime? Started { get; init; }

    /// <summary>When the attempt ended, local time.</summary>
    public DateTime? Ended { get; init; }

    /// <summary>How long user code ran.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>The result of an attempt.</summary>
    /// <param name="host">Where it ran.</param>
    /// <param name="end">How it ended.</param>
    /// <param name="queued">When the run was sent.</param>
    /// <param name="output">The objects of the output stream.</param>
    /// <param name="errors">The error records.</param>
    public static HostResult From(HostAddress host, AttemptEnd end, DateTimeOffset queued, object?[] output, object[] errors) => new()
    {
        Host = host,
        Outcome = end.Outcome,
        HadErrors = end.HadErrors,
        ExitCode = end.ExitCode,
        Evidence = end.Evidence,
        Output = output,
        Errors = errors,
        Attempt = end.Attempt,
        Queued = queued.LocalDateTime,
        Started = Local(end.StartedMs),
        Ended = Local(end.EndedMs),
        Duration = TimeSpan.FromMilliseconds(end.DurationMs),
    };

    /// <inheritdoc/>
    public override string ToString() => $"{Host}: {Outcome}";

    private static DateTime? Local(long? unixMs) =>
        unixMs is > 0 ? DateTimeOffset.FromUnixTimeMilliseconds(unixMs.Value).LocalDateTime : null;
}
