namespace Eformer.Pool.HostWorker.Runners.Protocol;

/// <summary>What a frame between an agent and its runner is.</summary>
internal enum FrameType : byte
{
    /// <summary>Runner to agent, first of all: a <see cref="HelloBody"/>.</summary>
    Hello = 1,

    /// <summary>Runner to agent: the runspace is open. No body.</summary>
    Ready = 2,

    /// <summary>Agent to runner: a <see cref="RunBody"/>. One at a time.</summary>
    Run = 3,

    /// <summary>Agent to runner: stop what runs. No body.</summary>
    Stop = 4,

    /// <summary>Agent to runner: close the session and end, and take every child along. No body.</summary>
    Shutdown = 5,

    /// <summary>Runner to agent: user code starts now. No body.</summary>
    Started = 6,

    /// <summary>Runner to agent: a <see cref="RecordBody"/>, whose document is as <see cref="Inside.ClixmlBatch"/> writes it, or what a remote function gave.</summary>
    Record = 7,

    /// <summary>Runner to agent: an <see cref="EndedBody"/>. The runner takes the next run.</summary>
    Ended = 8,

    /// <summary>Runner to agent, behind records of progress: a <see cref="ProgressBody"/>.</summary>
    Progress = 9,
}
