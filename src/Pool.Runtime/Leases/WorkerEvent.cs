using Eformer.Pool.Store;

namespace Eformer.Pool.Leases;

/// <summary>Something that happened to a host's lease.</summary>
public abstract record WorkerEvent
{
    private WorkerEvent() { }

    /// <summary>The store answered a heartbeat of the living agent.</summary>
    /// <param name="Assignment">What it said of the host; null when the host is idle.</param>
    /// <param name="Lease">The lease of that assignment; null when it has ended, or the store does not know it.</param>
    /// <param name="AskedAt">Timestamp before the heartbeat was sent.</param>
    public sealed record Answered(HostAssignment? Assignment, LeaseRecord? Lease, long AskedAt) : WorkerEvent;

    /// <summary>A lease was seen, with the counter of its renewals.</summary>
    /// <param name="Seen">The lease.</param>
    /// <param name="AskedAt">Timestamp before the question was sent.</param>
    public sealed record RenewalSeen(LeaseRecord Seen, long AskedAt) : WorkerEvent;

    /// <summary>A fence is on disk, synced.</summary>
    /// <param name="Saved">That fence.</param>
    public sealed record FenceSaved(Fence Saved) : WorkerEvent;

    /// <summary>The fence of what was offered could not be written.</summary>
    public sealed record FenceNotSaved : WorkerEvent;

    /// <summary>Time has passed.</summary>
    public sealed record Tick : WorkerEvent;

    /// <summary>The agent ends the lease by its own decision: it ends itself, or another has taken its place.</summary>
    public sealed record EndAsked : WorkerEvent;

    /// <summary>Nothing of the lease that was ended is left on the host.</summary>
    public sealed record Cleared : WorkerEvent;

    /// <summary>The lease's owner wishes, signed and verified, that agents renew it without a driver.</summary>
    /// <param name="Until">Timestamp after which they may not.</param>
    public sealed record KeepWished(long Until) : WorkerEvent;
}
