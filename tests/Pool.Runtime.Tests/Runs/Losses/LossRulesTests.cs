using Eformer.Pool.Runs;
using Eformer.Pool.Runs.Losses;
using Eformer.Pool.Store;
using Eformer.Pool.Tests.Support;

namespace Eformer.Pool.Tests.Runs.Losses;

/// <summary>When a host that has not answered can no longer answer, and why.</summary>
public class LossRulesTests
{
    private static readonly HostRecord s_host = Fleets.Host("h0", state: HostState.Held);
    private static readonly RunTarget s_target = Fleets.Target(Fleets.Held(0, s_host));

    [Theory]
    [InlineData(HostState.Held), InlineData(HostState.Granted)]
    public void A_host_that_holds_our_lease_can_still_answer(HostState state) => Assert.Null(Judge(s_host with { State = state }));

    [Fact]
    public void A_host_that_is_gone_is_lost()
    {
        Assert.Equal(RunOutcome.HostLost, LossRules.Judge(s_target, Fleets.Of())!.Outcome);
        Assert.Equal(RunOutcome.HostLost, LossRules.Judge(s_target, Fleets.Of(Fleets.Host("h1", state: HostState.Held)))!.Outcome);
    }

    [Fact]
    public void A_host_whose_agent_is_silent_is_lost() => Is(RunOutcome.HostLost, s_host with { Alive = false });

    [Fact]
    public void A_host_whose_agent_restarted_is_lost_even_when_it_holds_the_lease_again() =>
        Is(RunOutcome.HostLost, s_host with { Incarnation = "incarnation-2" });

    [Fact]
    public void A_host_of_another_lease_has_lost_ours() => Is(RunOutcome.LeaseLost, s_host with { LeaseId = "lease-2", Epoch = 8 });

    [Fact]
    public void A_host_of_no_lease_has_lost_ours() => Is(RunOutcome.LeaseLost, s_host with { State = HostState.Idle, LeaseId = "" });

    [Theory]
    [InlineData(HostState.Lost), InlineData(HostState.Reclaiming)]
    public void A_host_that_lets_go_of_our_lease_has_lost_it(HostState state) => Is(RunOutcome.LeaseLost, s_host with { State = state });

    [Fact]
    public void Every_loss_has_its_evidence()
    {
        HostRecord?[] states = [null, s_host with { Alive = false }, s_host with { Incarnation = "x" }, s_host with { LeaseId = "x" }, s_host with { State = HostState.Lost }];
        string[] evidence = [.. states.Select(state => LossRules.Judge(s_target, Fleets.Of(state is null ? [] : [state]))!.Evidence)];
        Assert.Equal(evidence.Length, evidence.Distinct().Count(text => text.Length > 0));
    }

    [Theory]
    [InlineData("HostGoneRule", "gone")]
    [InlineData("HostSilentRule", "silent")]
    [InlineData("AgentRestartedRule", "restarted")]
    [InlineData("LeaseMovedRule", "moved")]
    [InlineData("LeaseRefusedRule", "refused")]
    [InlineData("LeaseEndedRule", "ended")]
    public void Each_rule_knows_its_own_loss_and_no_other(string rule, string loss)
    {
        ILossRule[] rules = [new HostGoneRule(), new HostSilentRule(), new AgentRestartedRule(), new LeaseMovedRule(), new LeaseRefusedRule(), new LeaseEndedRule()];
        Dictionary<string, HostRecord?> losses = new()
        {
            ["none"] = s_host,
            ["gone"] = null,
            ["silent"] = s_host with { Alive = false },
            ["restarted"] = s_host with { Incarnation = "incarnation-2" },
            ["moved"] = s_host with { LeaseId = "lease-2" },
            ["refused"] = s_host with { State = HostState.Lost },
            ["ended"] = s_host with { State = HostState.Reclaiming },
        };
        ILossRule one = rules.Single(candidate => candidate.GetType().Name == rule);
        Assert.Equal([loss], losses.Where(pair => one.Judge(s_target, pair.Value) is not null).Select(pair => pair.Key));
        Assert.Equal(one.Judge(s_target, losses[loss]), LossRules.Judge(s_target, Fleets.Of(losses[loss] is { } host ? [host] : [])));
    }

    [Fact]
    public void A_loss_that_was_announced_as_a_preemption_is_one()
    {
        RunTarget target = Fleets.Target(Fleets.Held(0, s_host));
        HostRecord warned = s_host with { Health = new HostHealth(HostCondition.Preempting, "the provider wants it back", 1) };
        Assert.Null(LossRules.Judge(target, Fleets.Of(warned)));
        AttemptEnd end = LossRules.Judge(target, Fleets.Of())!;
        Assert.Equal((RunOutcome.Preempted, "the host had announced that it would be preempted; the host is no longer registered"), (end.Outcome, end.Evidence));

        // What another agent on that machine announced says nothing of the one that ran it, and an attempt elsewhere starts anew.
        RunTarget other = Fleets.Target(Fleets.Held(0, s_host));
        LossRules.Judge(other, Fleets.Of(warned with { Incarnation = "incarnation-2" }));
        Assert.Equal(RunOutcome.HostLost, LossRules.Judge(other, Fleets.Of())!.Outcome);
        target.Move(target.Place, target.Slice);
        Assert.Equal(RunOutcome.HostLost, LossRules.Judge(target, Fleets.Of())!.Outcome);
    }

    [Fact]
    public void In_a_store_that_has_just_come_back_nobody_is_missed_yet()
    {
        FleetSnapshot recovering = Fleets.Of(s_host with { Alive = false }) with { RecoveringMs = 1 };
        Assert.Null(LossRules.Judge(s_target, recovering));
        Assert.Null(LossRules.Judge(s_target, recovering with { Hosts = [] }));
        Assert.Equal(RunOutcome.LeaseLost, LossRules.Judge(s_target, recovering with { Hosts = [s_host with { LeaseId = "lease-2" }] })!.Outcome);
    }

    private static AttemptEnd? Judge(HostRecord host) => LossRules.Judge(s_target, Fleets.Of(Fleets.Host("h9"), host));

    private static void Is(RunOutcome outcome, HostRecord host) => Assert.Equal(outcome, Judge(host)?.Outcome);
}
