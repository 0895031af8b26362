using Eformer.Pool.Faults.Tests.Support;
using Eformer.Pool.Leases;
using Xunit;

namespace Eformer.Pool.Faults.Tests;

/// <summary>A store that hangs for a while.</summary>
public abstract class StoppedStoreTests(ServerKind kind)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_pause_that_is_shorter_than_the_lease_costs_nothing()
    {
        await using TestServer server = await ServerLauncher.StartAsync(kind, Token);
        await using Fleet fleet = await Fleet.CreateAsync(server);
        AgentProcess agent = await fleet.StartAgentAsync();
        SlicePoolManager pool = await fleet.OpenPoolAsync(leaseSec: 60);
        await using RunHandle run = await pool.StartAsync(fleet.Evidence.WaitingScript("pause"));
        await fleet.Evidence.AwaitAsync("pause", hosts: 2, Token);
        await server.SignalAsync("STOP", Token);
        SlicePoolException error = await Assert.ThrowsAsync<SlicePoolException>(() => fleet.HostsAsync());
        Assert.Equal("StoreUnreachable", error.ErrorId);
        fleet.Evidence.Release("pause");
        await server.SignalAsync("CONT", Token);

        (await run.EndsAsync()).AllAre(RunOutcome.Succeeded);
        Assert.Equal(PoolState.Active, pool.State);
        await Retry.UntilReachableAsync(() => pool.SucceedAsync("1"));
        await pool.DisposeAsync();
        await fleet.AwaitIdleAsync();
        LeaseStep[] history = [.. LeaseHistory.Read(agent.Log)];
        LeaseHistory.CheckFreed(history);
        Assert.Equal(2, history.Count(step => step.Accepted));
    }

    [Fact]
    public async Task A_pause_that_is_longer_than_the_lease_ends_it_on_both_sides()
    {
        await using TestServer server = await ServerLauncher.StartAsync(kind, Token);
        await using Fleet fleet = await Fleet.CreateAsync(server);
        AgentProcess agent = await fleet.StartAgentAsync();
        SlicePoolManager pool = await fleet.OpenPoolAsync(leaseSec: (int)LeaseTimings.Shortest.TotalSeconds);
        await using RunHandle run = await pool.StartAsync(fleet.Evidence.EndlessScript("long"));
        await fleet.Evidence.AwaitAsync("long", hosts: 2, Token);
        await server.SignalAsync("STOP", Token);
        try
        {
            // Neither can ask anybody: each goes by its own clock.
            await fleet.AwaitUserCodeGoneAsync();
            (await run.EndsAsync()).AllAre(RunOutcome.LeaseLost);
            Assert.Equal(PoolState.Degraded, pool.State);
            Assert.Equal("LeaseLost", (await Assert.ThrowsAsync<SlicePoolException>(() => pool.StartAsync("1"))).ErrorId);
        }
        finally
        {
            await server.SignalAsync("CONT", Token);
        }

        // The pool makes itself whole as soon as it can: nobody else may get to see the hosts idle in between.
        await Eventually.TrueAsync(
            () => Task.FromResult(agent.Count("is clear of its lease, epoch 1") == 2), "both hosts are clear", Token);
        await Retry.UntilReachableAsync(() => pool.ScaleMultisliceAsync(1, Token));
        await pool.SucceedsSoonAsync("1");
        Assert.Equal(PoolState.Active, pool.State);
        await pool.DisposeAsync();
        await fleet.AwaitIdleAsync();
        LeaseHistory.CheckFreed(LeaseHistory.Read(agent.Log));
    }

    [Fact]
    public async Task An_agent_that_starts_meanwhile_waits_for_it()
    {
        await using TestServer server = await ServerLauncher.StartAsync(kind, Token);
        await using Fleet fleet = await Fleet.CreateAsync(server);
        await server.SignalAsync("STOP", Token);
        AgentProcess agent = fleet.LaunchAgent();
        await Eventually.TrueAsync(() => Task.FromResult(agent.Count("cannot be reached") > 0), () => $"the agent tells it; it said: {agent.Log}", Token);
        await server.SignalAsync("CONT", Token);
        await agent.WaitReadyAsync(Token);
        await (await fleet.OpenPoolAsync()).SucceedAsync("1");
    }

    [Fact]
    public async Task A_wish_to_stop_that_met_it_is_carried_out_afterwards()
    {
        await using TestServer server = await ServerLauncher.StartAsync(kind, Token);
        await using Fleet fleet = await Fleet.CreateAsync(server);
        await fleet.StartAgentAsync();
        SlicePoolManager pool = await fleet.OpenPoolAsync(leaseSec: 60);
        await using RunHandle run = await pool.StartAsync(fleet.Evidence.EndlessScript("wish"));
        await fleet.Evidence.AwaitAsync("wish", hosts: 2, Token);
        await server.SignalAsync("STOP", Token);
        await Assert.ThrowsAsync<SlicePoolException>(() => run.CancelAsync(Token));
        await server.SignalAsync("CONT", Token);
        (await run.EndsAsync()).AllAre(RunOutcome.Cancelled);
    }
}
