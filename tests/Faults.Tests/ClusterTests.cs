using Eformer.Pool.Faults.Tests.Support;
using Eformer.Pool.Store;
using Xunit;

namespace Eformer.Pool.Faults.Tests;

/// <summary>Clusters of which a part is away for a while, or moves to another server, while pools work.</summary>
public sealed class ClusterTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Neither_slots_that_move_nor_a_server_that_is_away_cost_a_lease_or_a_run()
    {
        await using TestServer server = await ServerLauncher.StartAsync(ServerKind.Cluster, Token);
        await using Fleet fleet = await Fleet.CreateAsync(server);
        AgentProcess agent = await fleet.StartAgentAsync("2x2");
        SlicePoolManager pool = await fleet.OpenPoolAsync(slices: 2, leaseSec: 60);
        string lease = pool.GetAllActorsInPool()[0].Id, control = fleet.Key("meta")!, log = $"{{ef:{fleet.Name}:moved}}:log";
        await using RunHandle run = await pool.StartRunAsync(new RunRequest { Script = fleet.Evidence.WaitingScript("moved"), RunId = "moved" }, Token);
        await fleet.Evidence.AwaitAsync("moved", hosts: 4, Token);
        await ClusterSlots.MoveAsync(fleet.Raw.Multiplexer, server, control, Token);
        await ClusterSlots.MoveAsync(fleet.Raw.Multiplexer, server, log, Token);
        await Eventually.TrueAsync(
            async () => (await fleet.HostsAsync()).All(host => host is { Alive: true, State: HostState.Held }), "the hosts are heard again", Token);

        // A cluster that lacks a part answers nothing, whatever the part holds.
        int[] needed = [await ClusterSlots.ProcessOfAsync(fleet.Raw.Multiplexer, server, control), await ClusterSlots.ProcessOfAsync(fleet.Raw.Multiplexer, server, log)];
        int other = Enumerable.Range(0, ClusterLauncher.Nodes).Except(needed).First();
        await server.KillAsync(other);
        await ClusterLauncher.AwaitStateAsync(fleet.Raw.Multiplexer.GetServer(System.Net.IPAddress.Loopback, server.Ports[needed[0]]), "fail", Token);
        SlicePoolException error = await Assert.ThrowsAsync<SlicePoolException>(() => pool.StartAsync("1"));
        Assert.Equal("StoreUnreachable", (error.InnerException as SlicePoolException ?? error).ErrorId);
        fleet.Evidence.Release("moved");
        await server.StartAgainAsync(other, Token);
        List<RunRecord> records = await run.ReadAsync();
        Assert.All(records.Where(record => record.Kind == RecordKind.End), record => Assert.True(record.End!.Outcome == RunOutcome.Succeeded, record.End.Evidence));
        Assert.All(run.Hosts, host => Assert.Equal(["done"], records.OutputOf(host)));
        Assert.Equal(4, fleet.Evidence.Processes("moved").Length);
        Assert.Equal(lease, pool.GetAllActorsInPool()[0].Id);
        await pool.SucceedsSoonAsync("1");
        await Retry.UntilReachableAsync(async () => await pool.DisposeAsync());
        await fleet.AwaitIdleAsync();
        LeaseHistory.CheckFreed(LeaseHistory.Read(agent.Log));
    }
}
