using Eformer.Pool.Envelopes;
using Eformer.Pool.Leases;
using Eformer.Pool.Store;
using Eformer.Pool.Tests.Leases.Worlds;

namespace Eformer.Pool.Tests.Leases;

/// <summary>A driver's side of a lease, step by step.</summary>
public class LeaseHolderTests
{
    private static readonly LeaseHolder s_held =
        new(new LeaseToken("lease", 1, "generation"), new LeaseProof(new LeaseTimings(TimeSpan.FromSeconds(30)), 0));

    [Fact]
    public void What_is_unknown_neither_extends_nor_loses() =>
        Assert.Equal((s_held, HolderCommands.None), Step(s_held, new HolderEvent.RenewalAnswered(RenewalResult.Unknown, 5_000), 20_000));

    [Fact]
    public void A_renewal_counts_from_when_it_was_sent()
    {
        LeaseHolder renewed = Step(s_held, new HolderEvent.RenewalAnswered(RenewalResult.Renewed, 5_000), 20_000).State;
        Assert.Equal(LeasePhase.Work, renewed.PhaseAt(22_999, WorldClock.Instance));
        Assert.Equal(LeasePhase.Stop, renewed.PhaseAt(23_000, WorldClock.Instance));
    }

    [Fact]
    public void A_lease_the_store_does_not_know_is_asked_back_until_the_fence_deadline()
    {
        (LeaseHolder asking, HolderCommands commands) = Step(s_held, new HolderEvent.RenewalAnswered(RenewalResult.Refused, 5_000), 5_000);
        Assert.Equal((HolderStatus.Reasserting, HolderCommands.Reassert), (asking.Status, commands));
        Assert.Equal(HolderCommands.None, Step(asking, new HolderEvent.ReassertAnswered(ReassertStatus.Waiting, 5_000), 5_100).Commands);
        Assert.Equal(HolderCommands.Reassert, Step(asking, new HolderEvent.Tick(), 23_999).Commands);
        Assert.Equal(HolderCommands.None, Step(asking, new HolderEvent.Tick(), 24_000).Commands);
        Assert.Equal(HolderCommands.TellLost, Step(asking, new HolderEvent.Tick(), 30_000).Commands);
        LeaseHolder back = Step(asking, new HolderEvent.ReassertAnswered(ReassertStatus.Confirmed, 6_000), 6_100).State;
        Assert.Equal((HolderStatus.Held, 6_000), (back.Status, back.Proof.ProvedAt));
    }

    [Theory]
    [InlineData(ReassertStatus.Refused)]
    [InlineData(ReassertStatus.PoolInUse)]
    public void It_is_lost_when_its_hosts_or_its_pool_are(ReassertStatus status) =>
        Assert.Equal(HolderCommands.TellLost, Step(s_held, new HolderEvent.ReassertAnswered(status, 5_000), 5_100).Commands);

    [Fact]
    public void An_answer_to_what_was_asked_before_the_last_proof_loses_nothing()
    {
        LeaseHolder renewed = Step(s_held, new HolderEvent.RenewalAnswered(RenewalResult.Renewed, 5_000), 5_100).State;
        Assert.Equal((renewed, HolderCommands.None), Step(renewed, new HolderEvent.RenewalAnswered(RenewalResult.Refused, 4_000), 5_200));
        Assert.Equal((renewed, HolderCommands.None), Step(renewed, new HolderEvent.ReassertAnswered(ReassertStatus.Refused, 4_000), 5_200));
    }

    [Fact]
    public void Lost_and_released_are_final()
    {
        HolderEvent renewed = new HolderEvent.RenewalAnswered(RenewalResult.Renewed, 31_000);
        Assert.Equal(HolderStatus.Lost, Step(s_held, renewed, 31_100).State.Status);
        LeaseHolder released = Step(s_held, new HolderEvent.Released(), 1_000).State;
        Assert.Equal((released, HolderCommands.None), Step(released, new HolderEvent.RenewalAnswered(RenewalResult.Renewed, 2_000), 2_100));
        Assert.Equal((released, HolderCommands.None), Step(released, new HolderEvent.Tick(), 90_000));
    }

    private static (LeaseHolder State, HolderCommands Commands) Step(LeaseHolder state, HolderEvent what, long now) =>
        state.Step(what, now, WorldClock.Instance);
}
