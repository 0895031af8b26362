using Eformer.Pool.Faults.Tests.Driver;
using Eformer.Pool.Faults.Tests.Support;
using Xunit;

namespace Eformer.Pool.Faults.Tests;

/// <summary>A driver that is killed: its hosts must be free for others, and nothing of its run alive.</summary>
public abstract class KilledDriverTests(SharedServers servers, ServerKind kind)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Its_hosts_are_free_again_and_its_run_is_gone()
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(kind));
        AgentProcess agent = await fleet.StartAgentAsync();
        DriverProcess driver = fleet.StartDriver("night", hostsPerSlice: 2, leaseSec: 10, fleet.Evidence.EndlessScript("killed"));
        await fleet.Evidence.AwaitAsync("killed", hosts: 2, Token);
        long epoch = (await fleet.HostsAsync()).Max(host => host.Epoch);
        int[] runners = fleet.Evidence.Processes("killed");
        Assert.All(runners, runner => Assert.True(Processes.IsAlive(runner)));
        Assert.NotEmpty(fleet.UserProcesses());
        await driver.KillAsync();

        await fleet.AwaitIdleAsync();
        Assert.DoesNotContain(runners, Processes.IsAlive);
        Assert.Empty(fleet.UserProcesses());

        SlicePoolManager next = await fleet.OpenPoolAsync("night");
        Assert.True(Assert.Single(next.GetAllActorsInPool()).Epoch > epoch);
        await next.SucceedAsync("1");
        await Eventually.TrueAsync(
            async () => (await fleet.Store.ReadFleetAsync(Token)).Leases.All(lease => lease.Grant.OwnerId == next.OwnerId), "the old lease is reaped", Token);
        LeaseHistory.Check(LeaseHistory.Read(agent.Log));
    }
}
