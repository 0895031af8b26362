namespace Eformer.Pool.HostWorker.Agent;

/// <summary>Why an attempt was stopped from outside.</summary>
internal enum StopCause
{
    /// <summary>It was not.</summary>
    None,

    /// <summary>The driver asked.</summary>
    Cancelled,

    /// <summary>Its time was up.</summary>
    TimedOut,

    /// <summary>The lease ended, or could no longer be proved.</summary>
    LeaseEnded,

    /// <summary>The agent is ending.</summary>
    AgentEnding,
}
