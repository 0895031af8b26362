using Eformer.Pool.Runs;
using Eformer.Pool.Store;
using Eformer.Pool.Tests.Support;

namespace Eformer.Pool.Tests.Runs;

/// <summary>How a run of a list stands.</summary>
public class RunStateRulesTests
{
    private static readonly FleetSnapshot s_empty = Fleets.Of();
    private static readonly FleetSnapshot s_leased = s_empty with
    {
        Leases = [Fleets.LeaseOf("lease-1", "night", "driver-1", 0, [], 5_000)],
        Pools = [new PoolRecord("night", "driver-1", "ann", 0, 5_000) { AttendedMs = 5_000 }],
    };

    [Theory]
    [InlineData(2, null, false, true, RunState.Completed)]
    [InlineData(2, null, true, false, RunState.Completed)]
    [InlineData(1, null, false, true, RunState.Running)]
    [InlineData(1, null, true, true, RunState.Stopping)]
    [InlineData(1, null, false, false, RunState.Interrupted)]
    [InlineData(1, null, true, false, RunState.Interrupted)]
    [InlineData(2, 1, false, true, RunState.Running)]
    [InlineData(2, 2, false, true, RunState.Completed)]
    [InlineData(2, 0, false, false, RunState.Completed)]
    public void The_state_follows_from_counts_leases_and_the_driver(int ended, int? settled, bool cancelled, bool leased, RunState state)
    {
        RunListing listing = new("run", "night", "ann", "driver-1", 0, 2, "1", ["lease-1"]) { Settled = settled };
        Assert.Equal(state, RunStateRules.Judge(new RunCount(listing, cancelled, ended, 0), leased ? s_leased : s_empty));
    }

    [Fact]
    public void A_lapsed_lease_keeps_nothing_alive_but_a_store_that_recovers_is_waited_for()
    {
        RunCount run = new(new RunListing("run", "night", "ann", "driver-1", 0, 2, "1", ["lease-1"]), false, 1, 1);
        FleetSnapshot lapsed = s_empty with { Leases = [Fleets.LeaseOf("lease-1", "night", "driver-1", 0, [], 0)] };
        Assert.Equal(RunState.Interrupted, RunStateRules.Judge(run, lapsed));
        Assert.Equal(RunState.Running, RunStateRules.Judge(run, lapsed with { RecoveringMs = 1 }));
    }
}
