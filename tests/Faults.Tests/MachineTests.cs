using Eformer.Pool.Faults.Tests.Support;
using Eformer.Pool.Store;
using Xunit;

namespace Eformer.Pool.Faults.Tests;

/// <summary>One agent for each machine and fleet.</summary>
public sealed class MachineTests(SharedServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_second_agent_of_a_machine_or_on_a_copy_of_it_is_refused_and_says_why()
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Garnet));
        await fleet.StartPlainAgentAsync("first", "--node", "one");
        AgentProcess second = fleet.LaunchPlainAgent("second", "--node", "two");
        Assert.Equal(3, await second.WaitForExitAsync(Token));
        Assert.Contains("MachineInUse", second.Log, StringComparison.Ordinal);
        Assert.Contains("machine-id", second.Log, StringComparison.Ordinal);
        HostRecord host = Assert.Single(await fleet.HostsAsync());
        Assert.Equal(("one", true), (host.Registration.Host, host.Alive));
    }

    [Fact]
    public async Task A_second_agent_with_the_same_state_is_refused_at_once()
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Garnet));
        await fleet.StartPlainAgentAsync("first", "--node", "one");
        AgentProcess second = fleet.LaunchPlainAgent("first", "--node", "two");
        Assert.Equal(3, await second.WaitForExitAsync(Token));
        Assert.Contains("AgentRunning", second.Log, StringComparison.Ordinal);
    }
}
