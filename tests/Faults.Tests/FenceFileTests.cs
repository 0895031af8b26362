using Eformer.Pool.Faults.Tests.Support;
using Eformer.Pool.Leases;
using Eformer.Pool.Store;
using Xunit;

namespace Eformer.Pool.Faults.Tests;

/// <summary>A fence that cannot be read or written: then no lease may be accepted.</summary>
public sealed class FenceFileTests(SharedServers servers)
{
    private const int Refused = 3;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(""), InlineData("{"), InlineData("null"), InlineData("[]"), InlineData("{\"slice-0.0\":null}"), InlineData("{\"slice-0.0\":{}}")]
    [InlineData("{\"slice-0.0\":{\"Epoch\":-1,\"LeaseId\":\"\",\"Generation\":\"\",\"Held\":false}}")]
    [InlineData("{\"slice-0.0\":{\"Epoch\":5,\"LeaseId\":\"a\",\"Generation\":\"\",\"Held\":true,\"More\":1}}")]
    public async Task An_agent_does_not_start_on_one_that_is_damaged(string content)
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Garnet));
        Directory.CreateDirectory(fleet.PathOf("agent"));
        await File.WriteAllTextAsync(fleet.PathOf("agent/fence.json"), content, Token);
        await RefusesAsync(fleet);
        Assert.Equal(content, await File.ReadAllTextAsync(fleet.PathOf("agent/fence.json"), Token));
    }

    [Fact]
    public async Task An_agent_does_not_start_where_a_folder_stands_in_its_place()
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Garnet));
        Directory.CreateDirectory(fleet.PathOf("agent/fence.json"));
        await RefusesAsync(fleet);
    }

    [Fact]
    public async Task Grants_are_not_accepted_when_it_cannot_be_written_and_the_driver_holds_nothing()
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Garnet));
        AgentProcess agent = await fleet.StartAgentAsync();
        string obstacle = fleet.PathOf("agent/fence.json.new");
        Directory.CreateDirectory(obstacle);
        await using SlicePoolManager pool = await SlicePoolManager.OpenAsync(fleet.Options(leaseSec: (int)LeaseTimings.Shortest.TotalSeconds), Token);
        SlicePoolException error = await Assert.ThrowsAsync<SlicePoolException>(() => pool.ScaleMultisliceAsync(1, Token));
        Assert.Equal("HostsDidNotAccept", error.ErrorId);
        string why = $"its fence file '{fleet.PathOf("agent/fence.json")}' cannot be written, so it accepts no lease: ";
        Assert.Contains($"slice-0.0 ({why}", error.Message, StringComparison.Ordinal);
        Assert.Contains($"slice-0.1 ({why}", error.Message, StringComparison.Ordinal);
        Assert.NotEqual(0, agent.Count("The fence file could not be written"));
        Assert.Equal((PoolState.Empty, 0), (pool.State, pool.GetAllPoolMembers().Count));
        FleetSnapshot fleetThen = await fleet.Store.ReadFleetAsync(Token);
        Assert.Empty(fleetThen.Leases);
        Assert.DoesNotContain(fleetThen.Hosts, host => host.State is HostState.Granted or HostState.Held);
        await fleet.AwaitIdleAsync();

        // Nobody else is placed there meanwhile, until it can be written again.
        Assert.All(await fleet.HostsAsync(), host => Assert.Contains(why, host.Health.Why, StringComparison.Ordinal));
        Task waiting = pool.ScaleMultisliceAsync(1, Token);
        Directory.Delete(obstacle);
        await Eventually.AnswersAsync(waiting, Token);
        await pool.SucceedAsync("1");
    }

    private static async Task RefusesAsync(Fleet fleet)
    {
        AgentProcess agent = fleet.LaunchAgent();
        Assert.Equal(Refused, await agent.WaitForExitAsync(Token));
        Assert.Equal(1, agent.Count("FenceDamaged"));
        Assert.Contains(fleet.PathOf("agent/fence.json"), agent.Log, StringComparison.Ordinal);
        Assert.Empty(fleet.KeysInStore());
    }
}
