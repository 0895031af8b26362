using Eformer.Pool.Leases;
using Eformer.Pool.Store;
using Eformer.Pool.Tests.Leases.Worlds;

namespace Eformer.Pool.Tests.Leases;

/// <summary>A host's side of a lease, step by step.</summary>
public class WorkerLeaseTests
{
    private const int Fence = 24_000;
    private static readonly LeaseGrant s_grant = new()
    {
        Pool = "night", OwnerId = "owner", Owner = "ann", Slot = 0, SliceName = "s", Hosts = ["h"], TtlMs = 30_000,
    };

    [Fact]
    public void A_grant_is_held_only_when_its_fence_is_on_disk()
    {
        (WorkerLease offered, WorkerCommands commands) = Step(Free(), Answer(HostState.Granted, 1), 10);
        Assert.Equal((WorkerCommands.SaveFence, WorkerPhase.Free), (commands, offered.Phase));
        (WorkerLease held, commands) = Step(offered, new WorkerEvent.FenceSaved(offered.FenceToSave), 20);
        Assert.Equal((WorkerCommands.ReportNow, WorkerPhase.Held, true), (commands, held.Phase, held.Fence.Held));
        WorkerLease refused = Step(offered, new WorkerEvent.FenceNotSaved(), 20).State;
        Assert.Equal((WorkerPhase.Free, Pool.Leases.Fence.None), (refused.Phase, refused.Fence));
    }

    [Fact]
    public void What_was_taken_back_while_its_fence_was_written_is_never_held()
    {
        WorkerLease offered = Step(Free(), Answer(HostState.Granted, 1), 10).State;
        WorkerLease dropped = Step(offered, new WorkerEvent.EndAsked(), 15).State;
        WorkerLease state = Step(dropped, new WorkerEvent.FenceSaved(offered.FenceToSave), 20).State;
        Assert.Equal((WorkerPhase.Free, 1, false), (state.Phase, state.Fence.Epoch, state.Fence.Held));
        Assert.False(state.MayAccept(Lease(1)));
    }

    [Fact]
    public void A_lease_that_ended_before_it_was_accepted_never_is()
    {
        (WorkerLease closed, WorkerCommands commands) = Step(Free(), Answer(HostState.Reclaiming, 3), 10);
        Assert.Equal((WorkerCommands.SaveFence, 3, false), (commands, closed.Fence.Epoch, closed.Fence.Held));
        Assert.Equal(WorkerCommands.ReportNow, Step(closed, new WorkerEvent.FenceSaved(closed.FenceToSave), 20).Commands);
        Assert.Equal(WorkerCommands.None, Step(closed, Answer(HostState.Granted, 3), 30).Commands);
    }

    [Fact]
    public void A_store_that_lost_the_lease_leaves_it_to_its_deadlines()
    {
        WorkerEvent lost = new WorkerEvent.Answered(new HostAssignment("h", HostState.Unconfirmed, "lease-1", 1), null, Fence - 1);
        Assert.Equal(WorkerCommands.StopWork, Step(Held(), lost, Fence - 1).Commands);
        Assert.Equal(WorkerCommands.KillNow | WorkerCommands.EndLease, Step(Held(), new WorkerEvent.Tick(), Fence).Commands);
    }

    [Theory]
    [InlineData(Fence - 1, WorkerPhase.Held)]
    [InlineData(Fence, WorkerPhase.Ending)]
    public void A_renewal_that_is_asked_for_after_the_fence_deadline_revives_nothing(long askedAt, WorkerPhase phase) =>
        Assert.Equal(phase, Step(Held(), new WorkerEvent.RenewalSeen(Lease(1) with { RenewalCount = 1 }, askedAt), Fence).State.Phase);

    [Fact]
    public void The_fence_is_held_until_nothing_is_left()
    {
        WorkerLease ending = Step(Held(), new WorkerEvent.Answered(null, null, 10), 10).State;
        Assert.Equal((WorkerPhase.Ending, true), (ending.Phase, ending.Fence.Held));
        (WorkerLease free, WorkerCommands commands) = Step(ending, new WorkerEvent.Cleared(), 20);
        Assert.Equal((WorkerPhase.Free, false, WorkerCommands.SaveFence | WorkerCommands.ReportNow), (free.Phase, free.Fence.Held, commands));
    }

    [Fact]
    public void A_kept_lease_is_renewed_once_a_period_while_its_wish_lasts()
    {
        WorkerLease kept = Step(Held(), new WorkerEvent.KeepWished(16_000), 0).State;
        Assert.Equal(WorkerCommands.None, Step(kept, new WorkerEvent.Tick(), 9_999).Commands);
        (kept, WorkerCommands commands) = Step(kept, new WorkerEvent.Tick(), 10_000);
        Assert.Equal(WorkerCommands.KeepAlive, commands);
        Assert.Equal(WorkerCommands.None, Step(kept, new WorkerEvent.Tick(), 14_999).Commands);
        Assert.Equal(WorkerCommands.KeepAlive, Step(kept, new WorkerEvent.Tick(), 15_000).Commands);
        Assert.Equal(WorkerCommands.None, Step(kept, new WorkerEvent.Tick(), 16_000).Commands);
    }

    private static WorkerLease Free() => WorkerLease.Start(Pool.Leases.Fence.None);

    private static WorkerLease Held()
    {
        WorkerLease offered = Step(Free(), Answer(HostState.Granted, 1), 0).State;
        return Step(offered, new WorkerEvent.FenceSaved(offered.FenceToSave), 0).State;
    }

    private static LeaseRecord Lease(long epoch) => new($"lease-{epoch}", epoch, "generation", s_grant, 0, 30_000);

    private static WorkerEvent.Answered Answer(HostState state, long epoch) =>
        new(new HostAssignment("h", state, $"lease-{epoch}", epoch), state == HostState.Reclaiming ? null : Lease(epoch), 0);

    private static (WorkerLease State, WorkerCommands Commands) Step(WorkerLease state, WorkerEvent what, long now) =>
        state.Step(what, now, WorldClock.Instance);
}
