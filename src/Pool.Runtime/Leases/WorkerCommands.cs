namespace Eformer.Pool.Leases;

/// <summary>What a host has to do after a step of its <see cref="WorkerLease"/>. In the order of the values.</summary>
[Flags]
public enum WorkerCommands
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>
    /// Write <see cref="WorkerLease.FenceToSave"/> to disk and answer <see cref="WorkerEvent.FenceSaved"/> or
    /// <see cref="WorkerEvent.FenceNotSaved"/>. While something is offered that must be synced; the end of a lease need not be.
    /// </summary>
    SaveFence = 1,

    /// <summary>Ask what runs to stop.</summary>
    StopWork = 2,

    /// <summary>Kill what runs, from this thread and without waiting for anything.</summary>
    KillNow = 4,

    /// <summary>Clear away everything of the lease and answer <see cref="WorkerEvent.Cleared"/>.</summary>
    EndLease = 8,

    /// <summary>Renew the lease in its driver's stead, unless somebody else was quicker.</summary>
    KeepAlive = 16,

    /// <summary>Send a heartbeat now: somebody waits for what it says.</summary>
    ReportNow = 32,
}
