using Eformer.Pool.Runs;
using Eformer.Pool.Store;
using Eformer.Pool.Tests.Support;

namespace Eformer.Pool.Tests.Runs;

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

    private static AttemptEnd? Judge(HostRecord host) => LossRules.Judge(s_target, Fleets.Of(Fleets.Host("h9"), host));

    private static void Is(RunOutcome outcome, HostRecord host) => Assert.Equal(outcome, Judge(host)?.Outcome);
}
