using Eformer.Pool.RedisStore.Tests.Servers;
using Eformer.Pool.RedisStore.Tests.Support;
using Eformer.Pool.Store;
using StackExchange.Redis;
using Xunit;
using static Eformer.Pool.RequirementResult;

namespace Eformer.Pool.RedisStore.Tests;

/// <summary>What is found out about real servers.</summary>
public sealed class FitnessTests(SharedServers servers) : StoreTests(servers)
{
    [Theory, ClassData(typeof(EachServer))]
    public async Task The_servers_of_these_tests_are_fit_and_nothing_is_left_in_them(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        string[] before = fleet.Keys();
        IReadOnlyList<StoreRequirement> found = await StoreLoader.InspectAsync(fleet.Server.Options(fleet.Store.Fleet), Token);

        // Neither keeps anything over a restart: that is their one fault.
        StoreRequirement wrong = Assert.Single(found, requirement => requirement.Result != Pass);
        Assert.True((wrong.Name, wrong.Result) == ("Persistence", Warn), $"{wrong}");
        Assert.Contains("24,000 counts by two connections, none lost", Of(found, "Scripts").Found, StringComparison.Ordinal);
        Assert.Equal(await fleet.Store.CheckAsync(Token), Of(found, "Version").Found);
        Assert.Equal(before, fleet.Keys());
    }

    [Fact]
    public async Task A_Redis_that_evicts_has_no_password_and_an_idle_replica_is_told_so()
    {
        await using TestServer primary = await ServerLauncher.StartRedisAsync(ServerLauncher.FreePort(), "secret", Token);
        await using TestServer replica = await ServerLauncher.StartRedisAsync(ServerLauncher.FreePort(), "secret", Token);
        await replica.FollowAsync(primary.Address, Token);
        await using ConnectionMultiplexer raw = await ConnectionMultiplexer.ConnectAsync($"{primary.Address.Endpoint},password=secret,allowAdmin=true");
        foreach ((string name, string value) in ((string, string)[])[("maxmemory", "100mb"), ("maxmemory-policy", "allkeys-lru"), ("requirepass", "")])
        {
            await raw.GetServers()[0].ConfigSetAsync(name, value);
        }

        IReadOnlyList<StoreRequirement> found = await StoreLoader.InspectAsync(new StoreOptions { Connection = primary.Address.Endpoint }, Token);
        Assert.Equal((Fail, Fail, Warn, Warn), (Of(found, "Eviction").Result, Of(found, "Persistence").Result, Of(found, "Replication").Result, Of(found, "Password").Result));
        Assert.Equal(
            Fail, Of(await StoreLoader.InspectAsync(replica.Options("default"), Token), "Primary").Result);
    }

    [Fact]
    public async Task A_persistent_Redis_passes_everything()
    {
        await using TestServer server = await ServerLauncher.StartRedisAsync(ServerLauncher.FreePort(), "secret", Token, persistent: true);
        Assert.All(await StoreLoader.InspectAsync(server.Options("default"), Token), requirement => Assert.True(requirement.Result == Pass, $"{requirement}"));
    }

    [Fact]
    public async Task A_user_with_few_rights_is_told_what_is_missing()
    {
        await using TestServer server = await ServerLauncher.StartRedisAsync(ServerLauncher.FreePort(), "secret", Token);
        await using ConnectionMultiplexer raw = await ConnectionMultiplexer.ConnectAsync($"{server.Address.Endpoint},password=secret,allowAdmin=true");
        await raw.GetDatabase().ExecuteAsync("ACL", "SETUSER", "poor", "on", ">poor", "~{ef:mine}*", "+@all", "-config", "-eval", "-evalsha", "resetchannels");
        StoreOptions options = new() { Connection = $"{server.Address.Endpoint},user=poor,password=poor", Fleet = "mine" };
        IReadOnlyList<StoreRequirement> found = await StoreLoader.InspectAsync(options, Token);
        Assert.Equal((Fail, Warn, Pass), (Of(found, "Scripts").Result, Of(found, "Doorbells").Result, Of(found, "Eviction").Result));
    }

    [Fact]
    public async Task A_server_that_is_too_old_fails()
    {
        await using FakeRedis server = new(FakeRedis.Redis("6.2.14", "-ERR unknown command 'EVAL'\r\n"));
        IReadOnlyList<StoreRequirement> found = await StoreLoader.InspectAsync(new StoreOptions { Connection = server.Endpoint }, Token);
        Assert.Equal((Fail, Fail), (Of(found, "Version").Result, Of(found, "Scripts").Result));
    }

    [Theory]
    [InlineData("127.0.0.1:1", "StoreUnreachable")]
    [InlineData("127.0.0.1:0", "InvalidStore")]
    [InlineData("store.example:6379", "InsecureTransport")]
    public async Task Where_there_is_no_server_to_judge_there_is_an_error(string connection, string errorId) => Assert.Equal(
        errorId, (await Assert.ThrowsAsync<SlicePoolException>(() => StoreLoader.InspectAsync(new StoreOptions { Connection = connection }, Token))).ErrorId);

    private static StoreRequirement Of(IReadOnlyList<StoreRequirement> found, string name) => found.Single(requirement => requirement.Name == name);
}
