using Eformer.Pool.Faults.Tests.Support;
using Eformer.Pool.Store;
using Xunit;

namespace Eformer.Pool.Faults.Tests;

/// <summary>Primaries that die, and replicas that sentinels put in their place.</summary>
public sealed class SentinelTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_failover_costs_neither_lease_nor_run_and_the_old_primary_disturbs_nothing()
    {
        await using SentinelGroup group = await SentinelGroup.StartAsync(3, Token);
        await using Fleet fleet = await Fleet.CreateAsync(group.Store);
        AgentProcess agent = await fleet.StartAgentAsync("2x2");
        SlicePoolManager pool = await fleet.OpenPoolAsync(slices: 2, leaseSec: 120);
        string[] leases = Leases(pool);
        string generation = (await fleet.Store.ReadFleetAsync(Token)).Generation;
        await using RunHandle run = await pool.StartAsync(fleet.Evidence.WaitingScript("failover"));
        await fleet.Evidence.AwaitAsync("failover", hosts: 4, Token);
        await group.Servers[0].KillAsync();
        await AwaitHeldAsync(fleet, generation, leases: 2);
        fleet.Evidence.Release("failover");
        (await run.EndsAsync()).AllAre(RunOutcome.Succeeded);
        Assert.Equal(4, fleet.Evidence.Processes("failover").Length);

        // It comes back empty, and takes itself for the primary until a sentinel has told it otherwise.
        await group.Servers[0].StartAgainAsync(Token);
        generation = (await fleet.Store.ReadFleetAsync(Token)).Generation;
        await pool.SucceedAsync("1");
        await SentinelGroup.AwaitReplicaAsync(group.Servers[0], Token);
        await pool.SucceedAsync("1");
        Assert.Equal(generation, (await fleet.Store.ReadFleetAsync(Token)).Generation);
        Assert.Equal(leases, Leases(pool));
        await pool.DisposeAsync();
        await fleet.AwaitIdleAsync();
        LeaseHistory.CheckFreed(LeaseHistory.Read(agent.Log));
    }

    [Fact]
    public async Task A_grant_that_the_replica_missed_is_put_back_by_those_who_hold_it()
    {
        await using SentinelGroup group = await SentinelGroup.StartAsync(1, Token);
        await using Fleet fleet = await Fleet.CreateAsync(group.Store);
        AgentProcess agent = await fleet.StartAgentAsync("2x1");
        SlicePoolManager day = await fleet.OpenPoolAsync("day", hostsPerSlice: 1, leaseSec: 60);
        string generation = (await fleet.Store.ReadFleetAsync(Token)).Generation;
        await group.CutReplicationAsync();
        SlicePoolManager night = await fleet.OpenPoolAsync("night", hostsPerSlice: 1, leaseSec: 60);
        await using RunHandle run = await night.StartAsync(fleet.Evidence.EndlessScript("missed"));
        await fleet.Evidence.AwaitAsync("missed", hosts: 1, Token);
        long epoch = night.GetAllActorsInPool()[0].Epoch;
        await group.Servers[0].KillAsync();
        await AwaitHeldAsync(fleet, generation, leases: 2);

        // The store knows nothing of the run any more: it ends, and is told so.
        (await run.EndsAsync()).AllAre(RunOutcome.LeaseLost, RunOutcome.HostLost, RunOutcome.Unknown);
        Assert.Single(fleet.Evidence.Processes("missed"));
        await night.SucceedsSoonAsync("1");
        await day.SucceedsSoonAsync("1");
        Assert.Equal(epoch, night.GetAllActorsInPool()[0].Epoch);
        LeaseHistory.Check(LeaseHistory.Read(agent.Log));
    }

    private static string[] Leases(SlicePoolManager pool) => [.. pool.GetAllActorsInPool().Select(slice => slice.Id)];

    private static Task AwaitHeldAsync(Fleet fleet, string generation, int leases)
    {
        FleetSnapshot? now = null;
        return Eventually.TrueAsync(
            async () =>
            {
                await Retry.OnceAsync(async () => now = await fleet.Store.ReadFleetAsync(Token));
                return now is not null && now.Generation != generation && now.Leases.Count(lease => lease.RemainingMs > 0) == leases
                    && now.Hosts.All(host => host is { Alive: true, State: HostState.Held });
            },
            () => $"all hosts are held under a new generation; they are {string.Join(", ", now?.Hosts ?? [])}", Token);
    }
}
