using Eformer.Pool.Faults.Tests.Support;
using Xunit;

namespace Eformer.Pool.Faults.Tests;

/// <summary>What stays of a pool that was removed.</summary>
public sealed class RemovedPoolTests(SharedServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // Its lease would be renewed several times while the removal waits for its hosts.
    [Fact]
    public async Task Its_name_is_free_even_while_its_hosts_are_silent()
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Garnet));
        AgentProcess agent = await fleet.StartAgentAsync();
        SlicePoolManager pool = await fleet.OpenPoolAsync("night", leaseSec: 10);
        await agent.SignalAsync("STOP");
        await pool.DisposeAsync();
        Assert.DoesNotContain((await fleet.Store.ReadFleetAsync(Token)).Pools, record => record.Name == "night");
        await agent.SignalAsync("CONT");
    }
}
