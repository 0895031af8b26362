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

    /// <summary>Another run was told to take its place.</summary>
    Displaced,

    /// <summary>The agent is ending.</summary>
    AgentEnding,
}
