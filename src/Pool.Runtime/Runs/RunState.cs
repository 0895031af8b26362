namespace Eformer.Pool;

/// <summary>How a run stands.</summary>
public enum RunState
{
    /// <summary>Some hosts have not ended, and can.</summary>
    Running,

    /// <summary>It was told to stop, and some hosts have not ended yet.</summary>
    Stopping,

    /// <summary>Every host has its one end.</summary>
    Completed,

    /// <summary>Some hosts have not ended and never will: their leases are gone. Who receives the run learns what became of each.</summary>
    Interrupted,
}
