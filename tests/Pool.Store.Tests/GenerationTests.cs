using Eformer.Pool.RedisStore.Tests.Support;
using Eformer.Pool.Store;
using Xunit;

namespace Eformer.Pool.RedisStore.Tests;

/// <summary>A server that was restarted with its data: a new generation, and nobody counts as alive before he is heard.</summary>
public sealed class GenerationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_redis_that_was_restarted_with_its_data_has_a_new_generation_and_waits_for_its_hosts()
    {
        await using TestServer server = await ServerLauncher.StartRedisAsync(ServerLauncher.FreePort(), Guid.NewGuid().ToString("N"), Token, persistent: true);
        await using TestFleet fleet = await TestFleet.OpenAsync(server, Token);
        await fleet.HoldAsync("a1", "i1", "l1", ["h0"]);
        string generation = (await fleet.Store.ReadFleetAsync(Token)).Generation;
        await server.RestartAsync(Token);
        await Eventually.TrueAsync(() => RenewedAsync(fleet), "the lease is renewed again", Token);
        FleetSnapshot after = await fleet.Store.ReadFleetAsync(Token);
        Assert.NotEqual(generation, after.Generation);
        Assert.False(Assert.Single(after.Hosts).Alive);
        Assert.Equal(HostState.Held, Assert.Single(after.Hosts).State);
        await fleet.BeatAsync("a1", "i1", new HostFence("h0", 1, "l1", true));
        Assert.Equal((true, HostState.Held), ((await fleet.HostAsync("h0")).Alive, await fleet.StateAsync("h0")));
        Assert.Equal(after.Generation, (await fleet.Store.ReadFleetAsync(Token)).Generation);
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task Another_client_of_the_same_server_changes_nothing(ServerKind kind)
    {
        await using TestServer server = await ServerLauncher.StartAsync(kind, Token);
        await using TestFleet fleet = await TestFleet.OpenAsync(server, Token);
        await fleet.RegisterAsync("a1", "i1", ["h0"]);
        string generation = (await fleet.Store.ReadFleetAsync(Token)).Generation;
        await using IPoolStore another = await fleet.OpenAnotherAsync();
        await another.RenewAsync(new RenewRequest(TestFleet.Pool, TestFleet.Owner, "ann", 60_000, []), Token);
        FleetSnapshot after = await fleet.Store.ReadFleetAsync(Token);
        Assert.Equal((generation, true), (after.Generation, Assert.Single(after.Hosts).Alive));
    }

    private static async Task<bool> RenewedAsync(TestFleet fleet)
    {
        try
        {
            return (await fleet.RenewAsync(60_000, "l1")).Renewed.Count == 1;
        }
        catch (SlicePoolException exception) when (exception.ErrorId == "StoreUnreachable")
        {
            return false;
        }
    }
}
