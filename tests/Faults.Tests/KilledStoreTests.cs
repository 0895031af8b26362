using Eformer.Pool.Faults.Tests.Support;
using Eformer.Pool.Leases;
using Xunit;

namespace Eformer.Pool.Faults.Tests;

/// <summary>A store that is killed.</summary>
public sealed class KilledStoreTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(EachSingleServer))]
    public async Task Drivers_are_told_which_store_and_agents_end_their_leases(ServerKind kind)
    {
        await using TestServer server = await ServerLauncher.StartAsync(kind, Token);
        await using Fleet fleet = await Fleet.CreateAsync(server);
        AgentProcess agent = await fleet.StartAgentAsync();
        SlicePoolManager pool = await fleet.OpenPoolAsync(leaseSec: (int)LeaseTimings.Shortest.TotalSeconds);
        await using RunHandle run = await pool.StartAsync(fleet.Evidence.EndlessScript("killed"));
        await fleet.Evidence.AwaitAsync("killed", hosts: 2, Token);
        await server.KillAsync();

        AssertUnreachable(await Assert.ThrowsAsync<SlicePoolException>(() => pool.StartAsync("1")), server);
        AssertUnreachable(await Assert.ThrowsAsync<SlicePoolException>(() => fleet.OpenPoolAsync("other")), server);
        await fleet.AwaitUserCodeGoneAsync();
        await Eventually.TrueAsync(
            () => Task.FromResult(!fleet.Evidence.Processes("killed").Any(Processes.IsAlive)), "the runners are gone", Token);
        (await run.EndsAsync()).AllAre(RunOutcome.LeaseLost);
        Assert.True(Processes.IsAlive(agent.Pid));

        AssertUnreachable(await Assert.ThrowsAsync<SlicePoolException>(() => pool.DisposeAsync().AsTask()), server);
        Assert.Equal(PoolState.Removed, pool.State);
        await pool.DisposeAsync();
        await agent.SignalAsync("TERM");
        Assert.Equal(0, await agent.WaitForExitAsync(Token));
        await fleet.AwaitProcessesAsync();
        LeaseHistory.CheckFreed(LeaseHistory.Read(agent.Log));
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task One_that_comes_back_empty_is_served_again(ServerKind kind)
    {
        await using TestServer server = await ServerLauncher.StartAsync(kind, Token);
        await using Fleet fleet = await Fleet.CreateAsync(server);
        AgentProcess agent = await fleet.StartAgentAsync();
        SlicePoolManager pool = await fleet.OpenPoolAsync();
        await using RunHandle run = await pool.StartAsync(fleet.Evidence.EndlessScript("back"));
        await fleet.Evidence.AwaitAsync("back", hosts: 2, Token);
        long epoch = pool.GetAllActorsInPool()[0].Epoch;
        await server.RestartAsync(Token);

        // The run is gone with the store; the lease is reasserted by those who hold it.
        (await run.EndsAsync()).AllAre(RunOutcome.LeaseLost, RunOutcome.HostLost, RunOutcome.Unknown);
        await pool.SucceedsSoonAsync("1");
        Assert.True(pool.GetAllActorsInPool()[0].Epoch >= epoch);
        await pool.DrainActorPoolAsync(Token);
        await fleet.AwaitIdleAsync();
        Assert.Empty(fleet.UserProcesses());
        await pool.ScaleMultisliceAsync(1, Token);
        Assert.True(pool.GetAllActorsInPool()[0].Epoch > epoch);
        LeaseHistory.Check(LeaseHistory.Read(agent.Log));
    }

    private static void AssertUnreachable(SlicePoolException error, TestServer server)
    {
        Assert.Equal(("StoreUnreachable", PoolErrorCategory.ConnectionError), (error.ErrorId, error.Category));
        Assert.Contains(server.Address.Endpoint, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Address.Password, error.ToString(), StringComparison.Ordinal);
    }
}
