namespace Eformer.Pool;

/// <summary>What a record of a run's log is.</summary>
public enum RecordKind : byte
{
    /// <summary>Objects of the output stream.</summary>
    Output = 1,

    /// <summary>Error records.</summary>
    Error = 2,

    /// <summary>Warning records.</summary>
    Warning = 3,

    /// <summary>Verbose records.</summary>
    Verbose = 4,

    /// <summary>Debug records.</summary>
    Debug = 5,

    /// <summary>Information records, host text among them.</summary>
    Information = 6,

    /// <summary>Progress records.</summary>
    Progress = 7,

    /// <summary>The attempt's end: an <see cref="AttemptEnd"/>.</summary>
    End = 8,

    /// <summary>
    /// The attempt ended and another one is made: what came of it so far does not count. Made by the driver, never sent by a host.
    /// </summary>
    Retry = 9,

    /// <summary>Values of a remote function: its result, or items of its stream. See <see cref="Functions.ValueRecord"/>.</summary>
    Value = 10,

    /// <summary>What a remote function reported through its <see cref="IProgress{T}"/>; in the same form.</summary>
    Report = 11,

    /// <summary>What a remote function threw: a <see cref="Functions.RemoteFault"/> as JSON. Nothing but the end follows it.</summary>
    Fault = 12,
}
