using Eformer.Pool.Store;

namespace Eformer.Pool.Leases;

/// <summary>A host's side of leases: which it accepts, honours and ends. Pure; a shell around it does what it says.</summary>
/// <remarks>
/// The store decides placement, this decides acceptance: only a higher epoch while nothing is held, never before its fence is on
/// disk, and never again once it ended. The published fence says that nothing is held only when nothing of the lease is left.
/// </remarks>
public sealed record WorkerLease
{
    // A driver that missed two renewals is perhaps gone; an agent that asked earlier would only get in its way.
    private const int MissedRenewals = 2;

    /// <summary>The highest right the host ever accepted.</summary>
    public required Fence Fence { get; init; }

    /// <summary>Where the host is.</summary>
    public WorkerPhase Phase { get; init; }

    /// <summary>The lease that is held or being ended; null when free.</summary>
    public LeaseRecord? Lease { get; init; }

    /// <summary>How sure the host is that the lease's owner lives.</summary>
    public LeaseProof Proof { get; init; }

    /// <summary>A grant whose fence is on its way to the disk.</summary>
    public LeaseRecord? Offer { get; init; }

    /// <summary>Timestamp before the question whose answer the offer was.</summary>
    public long OfferedAt { get; init; }

    /// <summary>Timestamp until which the host may renew in its driver's stead; 0 for not at all.</summary>
    public long KeepUntil { get; init; }

    /// <summary>Timestamp when it last did.</summary>
    public long KeptAt { get; init; }

    /// <summary>The lease that is honoured now; null when none is, or it is being ended.</summary>
    public LeaseRecord? Honoured => Phase is WorkerPhase.Held or WorkerPhase.Stopping ? Lease : null;

    /// <summary>What <see cref="WorkerCommands.SaveFence"/> is to write.</summary>
    public Fence FenceToSave => Offer is null ? Fence : new Fence(Offer.Epoch, Offer.LeaseId, Offer.Generation, Held: true);

    /// <summary>A host when its agent starts.</summary>
    /// <param name="saved">What its fence file says. Everything of that lease must be gone before this is called.</param>
    public static WorkerLease Start(Fence saved) => new() { Fence = saved.Ended() };

    /// <summary>Whether a grant may be accepted: only while nothing is held, and only what the fence accepts.</summary>
    public bool MayAccept(LeaseRecord lease) => Phase == WorkerPhase.Free && Fence.Accepts(lease.LeaseId, lease.Epoch);

    /// <summary>Whether a command's right is the one that is honoured.</summary>
    public bool Allows(string leaseId, long epoch) => Honoured is not null && Fence.Allows(leaseId, epoch);

    /// <summary>What may be done under the lease now.</summary>
    /// <param name="now">Timestamp.</param>
    /// <param name="clock">What the timestamps are of.</param>
    public LeasePhase PhaseAt(long now, TimeProvider clock) => Lease is null ? LeasePhase.Lapsed : Proof.PhaseAt(now, clock);

    /// <summary>Takes in what happened.</summary>
    /// <param name="what">What.</param>
    /// <param name="now">Timestamp of this moment.</param>
    /// <param name="clock">What the timestamps are of; it is not asked for the time.</param>
    /// <returns>The state after it, and what is to be done.</returns>
    public (WorkerLease State, WorkerCommands Commands) Step(WorkerEvent what, long now, TimeProvider clock) => what switch
    {
        WorkerEvent.Answered answer => Take(answer, now, clock),
        WorkerEvent.RenewalSeen seen => Observe(seen.Seen, seen.AskedAt, now, clock),
        WorkerEvent.FenceSaved fence => Accept(fence.Saved, now, clock),
        WorkerEvent.FenceNotSaved => (this with { Offer = null }, WorkerCommands.None),
        WorkerEvent.Tick => Tick(now, clock),
        WorkerEvent.EndAsked => End(WorkerCommands.None),
        WorkerEvent.Cleared => Clear(),
        WorkerEvent.KeepWished wish => (Honoured is null ? this : this with { KeepUntil = wish.Until }, WorkerCommands.None),
        _ => (this, WorkerCommands.None),
    };

    private (WorkerLease State, WorkerCommands Commands) Take(WorkerEvent.Answered answer, long now, TimeProvider clock)
    {
        HostState state = answer.Assignment?.State ?? HostState.Idle;
        if (Phase == WorkerPhase.Free && state == HostState.Reclaiming && answer.Assignment!.Epoch > Fence.Epoch)
        {
            // A lease that ended before it was accepted: now it never will be, and the fence tells the store so.
            return (this with { Offer = null, Fence = new Fence(answer.Assignment.Epoch, answer.Assignment.LeaseId, "", Held: false) }, WorkerCommands.SaveFence);
        }

        if (Phase == WorkerPhase.Free)
        {
            // What was offered before and is not now was taken back.
            bool offered = state == HostState.Granted && answer.Lease is not null && MayAccept(answer.Lease);
            return offered
                ? (this with { Offer = answer.Lease, OfferedAt = answer.AskedAt }, WorkerCommands.SaveFence)
                : (this with { Offer = null }, WorkerCommands.None);
        }

        // A store that lost the lease proves nothing, neither that its owner lives nor that it is gone: the deadlines decide.
        return state == HostState.Unconfirmed ? Tick(now, clock)
            : state != HostState.Reclaiming && answer.Lease?.LeaseId == Lease!.LeaseId ? Observe(answer.Lease, answer.AskedAt, now, clock)
            : End(WorkerCommands.None);
    }

    // A counter that changed proves that the owner lives. It is not believed after the lease had to be over: what ran was
    // to be killed by then, and whether it was must not depend on which thread came first.
    private (WorkerLease State, WorkerCommands Commands) Observe(LeaseRecord seen, long askedAt, long now, TimeProvider clock)
    {
        bool news = Honoured is not null && Lease!.LeaseId == seen.LeaseId && Lease.RenewalCount != seen.RenewalCount
            && Proof.PhaseAt(askedAt, clock) < LeasePhase.Fence;
        WorkerLease next = news ? this with { Lease = seen, Proof = Proof.Renewed(askedAt) } : this;
        return next.Tick(now, clock);
    }

    private (WorkerLease State, WorkerCommands Commands) Accept(Fence saved, long now, TimeProvider clock)
    {
        if (Offer is not null && saved == FenceToSave)
        {
            LeaseProof proof = new(new LeaseTimings(TimeSpan.FromMilliseconds(Offer.Grant.TtlMs)), OfferedAt);
            WorkerLease held = Start(saved) with { Fence = saved, Phase = WorkerPhase.Held, Lease = Offer, Proof = proof };
            (WorkerLease state, WorkerCommands commands) = held.Tick(now, clock);
            return (state, commands | WorkerCommands.ReportNow);
        }

        if (saved == Fence)
        {
            return (this, WorkerCommands.ReportNow);
        }

        // It was taken back while its fence was being written. The file has its epoch, so it counts as held and ended.
        return Phase == WorkerPhase.Free && saved.Epoch > Fence.Epoch
            ? (this with { Fence = saved.Ended() }, WorkerCommands.SaveFence)
            : (this, WorkerCommands.None);
    }

    // Asking to stop is repeated: an attempt may have begun just after it was asked the first time.
    private (WorkerLease State, WorkerCommands Commands) Tick(long now, TimeProvider clock)
    {
        LeasePhase phase = Honoured is null ? LeasePhase.Work : Proof.PhaseAt(now, clock);
        if (phase >= LeasePhase.Fence)
        {
            return End(WorkerCommands.KillNow);
        }

        bool keep = Honoured is not null && IsKeepDue(now, clock);
        WorkerCommands commands = (phase == LeasePhase.Stop ? WorkerCommands.StopWork : WorkerCommands.None)
            | (keep ? WorkerCommands.KeepAlive : WorkerCommands.None);
        WorkerPhase next = Honoured is null ? Phase : phase == LeasePhase.Stop ? WorkerPhase.Stopping : WorkerPhase.Held;
        return (this with { Phase = next, KeptAt = keep ? now : KeptAt }, commands);
    }

    private bool IsKeepDue(long now, TimeProvider clock)
    {
        TimeSpan every = Proof.Timings.RenewEvery;
        return now < KeepUntil
            && clock.GetElapsedTime(Proof.ProvedAt, now) >= every * MissedRenewals
            && clock.GetElapsedTime(Math.Max(KeptAt, Proof.ProvedAt), now) >= every;
    }

    private (WorkerLease State, WorkerCommands Commands) End(WorkerCommands first) => Honoured is null
        ? (this with { Offer = null }, WorkerCommands.None)
        : (this with { Phase = WorkerPhase.Ending }, first | WorkerCommands.EndLease);

    private (WorkerLease State, WorkerCommands Commands) Clear() => Phase != WorkerPhase.Ending
        ? (this, WorkerCommands.None)
        : (Start(Fence), WorkerCommands.SaveFence | WorkerCommands.ReportNow);
}
