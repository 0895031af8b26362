using System.Globalization;
using Eformer.Pool.Faults.Tests.Support;
using Eformer.Pool.Store;
using Xunit;

namespace Eformer.Pool.Faults.Tests;

/// <summary>Stores that come back with their data, and replicas that take over without some of it.</summary>
public sealed class RestartedStoreTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_that_comes_back_with_its_data_costs_neither_lease_nor_run()
    {
        await using TestServer server = await ServerLauncher.StartRedisAsync(ServerLauncher.FreePort(), Guid.NewGuid().ToString("N"), Token, persistent: true);
        await using Fleet fleet = await Fleet.CreateAsync(server);
        AgentProcess agent = await fleet.StartAgentAsync();
        SlicePoolManager pool = await fleet.OpenPoolAsync();
        string lease = pool.GetAllActorsInPool()[0].Id;
        string generation = (await fleet.Store.ReadFleetAsync(Token)).Generation;
        await using RunHandle run = await pool.StartAsync(fleet.Evidence.WaitingScript("restart"));
        await fleet.Evidence.AwaitAsync("restart", hosts: 2, Token);
        await server.RestartAsync(Token);
        await Eventually.TrueAsync(
            async () =>
            {
                FleetSnapshot? now = null;
                await Retry.OnceAsync(async () => now = await fleet.Store.ReadFleetAsync(Token));
                return now is not null && now.Generation != generation && now.Hosts.All(host => host is { Alive: true, State: HostState.Held });
            },
            "the hosts are held under a new generation", Token);
        fleet.Evidence.Release("restart");
        (await run.EndsAsync()).AllAre(RunOutcome.Succeeded);
        Assert.Equal(lease, pool.GetAllActorsInPool()[0].Id);
        await pool.SucceedsSoonAsync("1");
        LeaseHistory.Check(LeaseHistory.Read(agent.Log));
    }

    [Fact]
    public async Task What_ends_before_during_and_after_its_death_arrives_whole_and_nothing_of_it_twice()
    {
        await using TestServer server = await ServerLauncher.StartRedisAsync(ServerLauncher.FreePort(), Guid.NewGuid().ToString("N"), Token, persistent: true);
        await using Fleet fleet = await Fleet.CreateAsync(server);
        await fleet.StartAgentAsync("3x2");
        SlicePoolManager pool = await fleet.OpenPoolAsync(slices: 3);
        string gate = fleet.PathOf("gate");
        string script = fleet.Evidence.Script("restart")
            + $"; 1..100; while (-not [IO.File]::Exists('{gate}' + $env:EXECUTOR_CALL_SLICE)) {{ [Threading.Thread]::Sleep(10) }}; 101..200";
        await using RunHandle run = await pool.StartRunAsync(new RunRequest { Script = script, RunId = "restart" }, Token);
        await fleet.Evidence.AwaitAsync("restart", hosts: 6, Token);
        await File.WriteAllTextAsync(gate + "0", "", Token);
        await Eventually.TrueAsync(
            async () => (await pool.Runs().ListAsync(Token)).Single().Ended == 2, "the first two have ended", Token);
        await server.KillAsync();
        await File.WriteAllTextAsync(gate + "1", "", Token);
        await server.StartAgainAsync(Token);
        await File.WriteAllTextAsync(gate + "2", "", Token);
        await CheckAsync(run);
        Assert.Equal(6, fleet.Evidence.Processes("restart").Length);

        // Whoever receives it later reads the same.
        await Retry.UntilReachableAsync(async () =>
        {
            await using RunHandle again = await pool.Runs().AttachAsync("restart", Token);
            await CheckAsync(again);
        });
    }

    private static async Task CheckAsync(RunHandle run)
    {
        List<RunRecord> records = await run.ReadAsync();
        foreach (HostAddress host in run.Hosts)
        {
            AttemptEnd end = Assert.Single(records, record => record.Host == host && record.Kind is RecordKind.End or RecordKind.Retry).End!;
            Assert.True((end.Outcome, end.Attempt) == (RunOutcome.Succeeded, 1), $"{host} {end.Outcome}: {end.Evidence}");
            Assert.Equal(Enumerable.Range(1, 200).Select(i => i.ToString(CultureInfo.InvariantCulture)), records.OutputOf(host));
        }
    }

    [Fact]
    public async Task A_replica_that_takes_over_without_the_grant_gets_it_back_from_those_who_hold_it()
    {
        string password = Guid.NewGuid().ToString("N");
        await using TestServer master = await ServerLauncher.StartRedisAsync(ServerLauncher.FreePort(), password, Token);
        await using TestServer replica = await ServerLauncher.StartRedisAsync(ServerLauncher.FreePort(), password, Token);
        await using Relay relay = Relay.To(master.Address);
        await using Fleet fleet = await Fleet.CreateAsync(relay.Server(master));
        AgentProcess agent = await fleet.StartAgentAsync(emulate: "2x1");
        SlicePoolManager day = await fleet.OpenPoolAsync("day", hostsPerSlice: 1);
        await replica.FollowAsync(master.Address, Token);

        // From here on the replica misses what the master is told: a second pool, which takes the other host.
        await replica.FollowAsync(null, Token);
        SlicePoolManager night = await fleet.OpenPoolAsync("night", hostsPerSlice: 1);
        long epoch = night.GetAllActorsInPool()[0].Epoch;
        await master.KillAsync();
        relay.Turn(replica.Address);

        await Eventually.TrueAsync(
            async () =>
            {
                FleetSnapshot? now = null;
                await Retry.OnceAsync(async () => now = await fleet.Store.ReadFleetAsync(Token));
                return now?.Leases.Count(lease => lease.RemainingMs > 0) == 2 && now.Hosts.All(host => host is { Alive: true, State: HostState.Held });
            },
            "both leases are in the store again", Token);
        await night.SucceedsSoonAsync("1");
        await day.SucceedsSoonAsync("1");
        Assert.Equal(epoch, night.GetAllActorsInPool()[0].Epoch);
        await night.DisposeAsync();
        SlicePoolManager next = await fleet.OpenPoolAsync("next", hostsPerSlice: 1);
        Assert.True(next.GetAllActorsInPool()[0].Epoch > epoch);
        LeaseHistory.Check(LeaseHistory.Read(agent.Log));
    }
}
