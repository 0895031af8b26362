namespace Eformer.Pool;

/// <summary>How a run ended on one host. Exactly one per host, never changed.</summary>
public enum RunOutcome
{
    /// <summary>The script ended by itself; it may have written errors.</summary>
    Succeeded,

    /// <summary>It threw, exited non-zero, or ended its runner after it had started.</summary>
    Failed,

    /// <summary>The engine or the payload failed before user code started.</summary>
    Error,

    /// <summary>The host was taken away by whoever provides it.</summary>
    Preempted,

    /// <summary>It was stopped on request.</summary>
    Cancelled,

    /// <summary>It took longer than allowed and was stopped.</summary>
    TimedOut,

    /// <summary>The lease ended before the attempt did.</summary>
    LeaseLost,

    /// <summary>The host's agent died or restarted during the attempt.</summary>
    HostLost,

    /// <summary>User code provably never started.</summary>
    NeverStarted,

    /// <summary>It may have run; nothing tells.</summary>
    Unknown,
}
