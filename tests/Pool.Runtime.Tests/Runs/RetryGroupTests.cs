using Eformer.Pool.Runs;
using Eformer.Pool.Runs.Driving;
using Eformer.Pool.Tests.Support;

namespace Eformer.Pool.Tests.Runs;

/// <summary>Hosts that are tried again together.</summary>
public class RetryGroupTests
{
    private static readonly AttemptEnd s_failed = new() { Outcome = RunOutcome.Failed, Evidence = "exit code 3" };
    private static readonly AttemptEnd s_good = new() { Outcome = RunOutcome.Succeeded, Evidence = "the script ended" };
    private static readonly AttemptEnd s_stopped = new() { Outcome = RunOutcome.Cancelled, Evidence = "stopped on request" };
    private static readonly AttemptEnd s_lost = new() { Outcome = RunOutcome.HostLost, Evidence = "gone" };

    private readonly RunTarget _one = Target("a");
    private readonly RunTarget _two = Target("b");

    [Fact]
    public void One_host_is_tried_until_its_budget_is_spent()
    {
        RetryGroup group = new([_one], failures: 2, preemptions: 0);
        for (int retry = 0; retry < 2; retry++)
        {
            Assert.False(group.Take(_one, s_failed));
            Assert.Empty(group.TakeFinal());
            Assert.True(group.IsDue);
            Assert.Equal(RetryRules.Pause(retry), group.Pause);
            group.Start();
            Assert.False(group.IsDue);
        }

        group.Take(_one, s_failed);
        Assert.Equal((_one, s_failed), Assert.Single(group.TakeFinal()));
        Assert.False(group.IsDue);
    }

    [Fact]
    public void Each_budget_pays_for_its_own_kind_only()
    {
        RetryGroup group = new([_one], failures: 0, preemptions: 1);
        group.Take(_one, s_failed);
        Assert.Single(group.TakeFinal());

        group = new([_one], failures: 1, preemptions: 1);
        group.Take(_one, s_lost);
        group.Start();
        group.Take(_one, s_lost);
        Assert.Single(group.TakeFinal());
    }

    [Fact]
    public void A_gang_stops_its_others_waits_for_them_and_starts_again_as_a_whole()
    {
        RetryGroup group = new([_one, _two], failures: 1, preemptions: 0);
        Assert.True(group.Take(_one, s_failed));
        Assert.Empty(group.TakeFinal());
        Assert.False(group.IsDue);
        Assert.False(group.Take(_two, s_stopped));
        Assert.Empty(group.TakeFinal());
        Assert.True(group.IsDue);
        group.Start();
        group.Take(_two, s_good);
        Assert.Equal((_two, s_good), Assert.Single(group.TakeFinal()));
        Assert.False(group.Take(_one, s_failed));
        Assert.Equal((_one, s_failed), Assert.Single(group.TakeFinal()));
    }

    [Fact]
    public void While_another_may_fail_a_success_is_held_back()
    {
        RetryGroup group = new([_one, _two], failures: 1, preemptions: 0);
        group.Take(_one, s_good);
        Assert.Empty(group.TakeFinal());
        group.Take(_two, s_good);
        Assert.Equal(2, group.TakeFinal().Count);
    }

    [Fact]
    public void What_is_given_up_is_final_as_it_is()
    {
        RetryGroup group = new([_one], failures: 5, preemptions: 0);
        group.Take(_one, s_failed);
        Assert.Equal((_one, s_failed), Assert.Single(group.TakeAll()));
        Assert.False(group.IsDue);
        Assert.Empty(group.TakeAll());
    }

    private static RunTarget Target(string host) => Fleets.Target(Fleets.Held(0, Fleets.Host(host)));
}
