namespace Eformer.Pool;

/// <summary>What a run does on a host that runs something else.</summary>
public enum WhenBusy
{
    /// <summary>It does not start there; the host's outcome says what the host is busy with.</summary>
    Refuse,

    /// <summary>It waits for its turn, in the order in which runs came.</summary>
    Queue,

    /// <summary>It stops what runs there, and starts when that has ended.</summary>
    Preempt,
}
