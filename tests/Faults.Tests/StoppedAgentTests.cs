using Eformer.Pool.Faults.Tests.Support;
using Xunit;

namespace Eformer.Pool.Faults.Tests;

/// <summary>An agent that is stopped for longer than its lease and goes on: nothing of the lease runs then, and its hosts serve again.</summary>
public sealed class StoppedAgentTests(SharedServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_ends_what_ran_before_it_accepts_anything_else()
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Garnet));
        AgentProcess agent = await fleet.StartAgentAsync();
        SlicePoolManager pool = await fleet.OpenPoolAsync("night", leaseSec: 10);
        long epoch = pool.GetAllActorsInPool()[0].Epoch;
        await using RunHandle run = await pool.StartAsync(fleet.Evidence.EndlessScript("paused"));
        await fleet.Evidence.AwaitAsync("paused", hosts: 2, Token);
        int[] runners = fleet.Evidence.Processes("paused");
        await agent.SignalAsync("STOP");
        (await run.EndsAsync()).AllAre(RunOutcome.HostLost, RunOutcome.LeaseLost);
        await pool.DisposeAsync();

        // Whoever wants the hosts now gets none: only their own agent can say that they are free.
        await Assert.ThrowsAsync<InsufficientSlicesException>(() => OpenNowAsync(fleet));
        Assert.All(runners, runner => Assert.True(Processes.IsAlive(runner)));
        await agent.SignalAsync("CONT");
        await fleet.AwaitIdleAsync();
        Assert.DoesNotContain(runners, Processes.IsAlive);
        SlicePoolManager next = await OpenNowAsync(fleet);
        Assert.True(next.GetAllActorsInPool()[0].Epoch > epoch);
        await next.SucceedAsync("1");
        LeaseHistory.Check(LeaseHistory.Read(agent.Log));
    }

    [Fact]
    public async Task Its_pool_says_why_it_is_not_whole_and_is_again_when_it_goes_on()
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Redis));
        AgentProcess agent = await fleet.StartAgentAsync();
        SlicePoolManager pool = await fleet.OpenPoolAsync("night", leaseSec: 10);
        long epoch = pool.GetAllActorsInPool()[0].Epoch;
        await agent.SignalAsync("STOP");
        await Eventually.TrueAsync(
            async () => (await fleet.Store.ReadEventsAsync(100, Token)).Any(item => item.Kind == PoolEventKind.ReplacementRefused), "the pool says why", Token);
        Assert.All(await pool.TestAsync(Token), report => Assert.True(!report.Healthy && report.Why.Length > 0, $"{report.State}: {report.Why}"));
        await agent.SignalAsync("CONT");
        await pool.SucceedsSoonAsync("1");
        Assert.Equal(PoolState.Active, pool.State);
        Assert.True(pool.GetAllActorsInPool()[0].Epoch > epoch);
        await pool.DisposeAsync();
        await fleet.AwaitIdleAsync();
        LeaseHistory.CheckFreed(LeaseHistory.Read(agent.Log));
    }

    private static async Task<SlicePoolManager> OpenNowAsync(Fleet fleet)
    {
        SlicePoolManager pool = await fleet.OpenEmptyPoolAsync(fleet.Options("p" + Guid.NewGuid().ToString("N")[..6]));
        await pool.ScaleMultisliceAsync([1], ScaleOptions.Now, Token);
        return pool;
    }
}
