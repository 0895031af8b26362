namespace Eformer.Pool;

/// <summary>What a run shares with other runs on the same host.</summary>
public enum Isolation
{
    /// <summary>
    /// The pool's own session on each host, kept for the life of the lease: variables and modules stay, as in a PSSession.
    /// </summary>
    Session,

    /// <summary>A fresh process for each attempt.</summary>
    Process,

    /// <summary>A fresh runspace for each attempt, in a process that the lease's attempts share.</summary>
    Runspace,

    /// <summary>
    /// The agent's own process: for remote functions, where hosts are emulated. They share that process with each other and with the
    /// agent, and what does not heed its token cannot be stopped.
    /// </summary>
    InProcess,
}
