using System.Globalization;
using Eformer.Pool.Leases;
using Eformer.Pool.Store;
using Eformer.Pool.Topology;

namespace Eformer.Pool.Tests.Leases.Worlds;

/// <summary>A host with an agent of its own: the shell around a <see cref="WorkerLease"/>, without I/O.</summary>
internal sealed record HostNode(int Index, Mutant Mutant)
{
    public string Key { get; } = string.Create(CultureInfo.InvariantCulture, $"h{Index}");

    public WorkerLease Lease { get; init; } = WorkerLease.Start(Fence.None);

    /// <summary>What the fence file says.</summary>
    public Fence Disk { get; init; } = Fence.None;

    public int Incarnation { get; init; } = 1;

    public bool Registered { get; init; }

    public bool Paused { get; init; }

    public bool Down { get; init; }

    /// <summary>An answer that has not arrived yet, or comes a second time.</summary>
    public Late<HeartbeatReply>? Answer { get; init; }

    /// <summary>A heartbeat that was given up and may still reach the store.</summary>
    public AgentHeartbeat? Limbo { get; init; }

    /// <summary>The lease of which something runs. As soon as a lease is held, something does.</summary>
    public (string LeaseId, long Epoch)? Running { get; init; }

    /// <summary>The highest epoch it ever accepted, as nobody but the checks remembers it.</summary>
    public long Accepted { get; init; }

    /// <summary>Timestamp of the last question whose answer confirmed the lease.</summary>
    public long HeardAt { get; init; }

    /// <summary>Whether the store has lost data since it was last heard.</summary>
    public bool StoreLost { get; init; }

    /// <summary>A rule it broke.</summary>
    public string? Violation { get; init; }

    public bool Acts => !Down && !Paused;

    public string IncarnationId => string.Create(CultureInfo.InvariantCulture, $"i{Incarnation}");

    /// <summary>The fence as it is published.</summary>
    public HostFence Published => new(
        Key, Lease.Fence.Epoch, Lease.Fence.LeaseId, Lease.Fence.Held && (Mutant != Mutant.AttestsEarly || Lease.Phase != WorkerPhase.Ending));

    public AgentRegistration Registration => new(Key, IncarnationId, [new HostRegistration { Host = Key, Node = Key }], Timing.LifeMs)
    {
        Fences = [Published],
    };

    public AgentHeartbeat Heartbeat => new(Key, IncarnationId, Timing.LifeMs, [Published]);

    /// <summary>Takes in an answer. Whoever is not known registers again, as another incarnation, and keeps what it holds.</summary>
    public HostNode Hear(HeartbeatReply reply, long askedAt, long now, bool diskFails = false)
    {
        if (reply.Status != HeartbeatStatus.Alive)
        {
            return this with { Registered = false, Incarnation = Incarnation + 1 };
        }

        HostAssignment? assignment = reply.Assignments.Count > 0 ? reply.Assignments[0] : null;
        LeaseRecord? lease = assignment is null ? null : reply.Leases.FirstOrDefault(known => known.LeaseId == assignment.LeaseId);
        bool confirms = lease is not null && assignment!.State != HostState.Reclaiming && lease.LeaseId == (Lease.Honoured ?? lease).LeaseId;
        HostNode heard = this with { HeardAt = confirms ? Math.Max(HeardAt, askedAt) : HeardAt };
        long counted = Mutant == Mutant.HostCountsFromAnswer ? now : askedAt;
        HostNode next = heard.Take(new WorkerEvent.Answered(assignment, lease, counted), now, diskFails);
        bool wrongly = Mutant == Mutant.AcceptsEqualEpoch && next.Lease.Phase == WorkerPhase.Free
            && assignment?.State == HostState.Granted && lease?.Epoch == next.Lease.Fence.Epoch;
        return wrongly ? (next with { Lease = next.Lease with { Offer = lease, OfferedAt = counted } }).Save(now, diskFails) : next;
    }

    /// <summary>Lets time pass.</summary>
    public HostNode Tick(long now) => Acts && Mutant != Mutant.HostNeverFences ? Take(new WorkerEvent.Tick(), now) : this;

    /// <summary>Nothing of the lease is left.</summary>
    public HostNode Clear(long now) => (this with { Running = null }).Take(new WorkerEvent.Cleared(), now);

    /// <summary>Starts again after a crash. What the crash left is gone by then.</summary>
    public HostNode Restart() => this with
    {
        Down = false,
        Running = null,
        Lease = WorkerLease.Start(Disk),
        Registered = false,
        Incarnation = Incarnation + 1,
        Answer = null,
    };

    private HostNode Take(WorkerEvent what, long now, bool diskFails = false)
    {
        (WorkerLease lease, WorkerCommands commands) = Lease.Step(what, now, WorldClock.Instance);
        HostNode next = this with { Lease = lease, Running = commands.HasFlag(WorkerCommands.KillNow) ? null : Running };
        return commands.HasFlag(WorkerCommands.SaveFence) ? next.Save(now, diskFails) : next;
    }

    private HostNode Save(long now, bool diskFails)
    {
        if (Lease.Offer is null)
        {
            return this with { Disk = Mutant == Mutant.ForgetsFence ? Disk : Lease.Fence };
        }

        if (diskFails && Mutant != Mutant.ForgetsFence)
        {
            return Take(new WorkerEvent.FenceNotSaved(), now);
        }

        Fence fence = Lease.FenceToSave;
        HostNode saved = this with { Disk = Mutant == Mutant.ForgetsFence ? Disk : fence };
        return saved.Accept(fence).Take(new WorkerEvent.FenceSaved(fence), now);
    }

    private HostNode Accept(Fence fence) => this with
    {
        Running = (fence.LeaseId, fence.Epoch),
        Accepted = fence.Epoch,
        Violation = Running is not null ? $"{Key} runs two leases at once"
            : fence.Epoch <= Accepted ? $"{Key} accepted epoch {fence.Epoch} after {Accepted}"
            : Violation,
    };
}
