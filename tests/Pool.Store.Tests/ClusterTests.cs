using System.Net;
using Eformer.Pool.RedisStore.Tests.Servers;
using Eformer.Pool.RedisStore.Tests.Support;
using Eformer.Pool.Store;
using StackExchange.Redis;
using Xunit;
using static Eformer.Pool.RequirementResult;

namespace Eformer.Pool.RedisStore.Tests;

/// <summary>Clusters whose slots move, and whose servers come and go.</summary>
public sealed class ClusterTests(SharedServers servers) : StoreTests(servers)
{
    private readonly SharedServers _servers = servers;

    [Fact]
    public async Task A_control_plane_that_moves_to_another_server_is_followed()
    {
        await using TestFleet fleet = await OpenAsync(ServerKind.Cluster);
        await fleet.HoldAsync("a1", "i1", "l1", ["h0"]);
        TestRun run = new(fleet);
        await run.SubmitAsync("payload"u8.ToArray());
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(Token);
        Task<int> working = WorkAsync(fleet, end.Token);
        await ClusterSlots.MoveAsync(fleet.Raw.Multiplexer, fleet.Server, fleet.Key("meta"), Token);
        await ClusterSlots.MoveAsync(fleet.Raw.Multiplexer, fleet.Server, $"{{ef:{fleet.Store.Fleet}:{run.Id}}}:run", Token);
        await end.CancelAsync();
        Assert.True(await working > 0);
        Assert.Equal(["h0"], (await run.ClaimAsync("a1", "i1", "h0")).Granted);
        Assert.Equal("payload"u8.ToArray(), (await run.ClaimAsync("a1", "i1", "h0")).Payload.ToArray());
        Assert.Equal(1, (await fleet.Store.ReadFleetAsync(Token)).Leases.Single().Epoch);
    }

    [Fact]
    public async Task A_server_that_is_away_fails_calls_clearly_and_is_used_again_when_it_is_back()
    {
        await using TestServer server = await ServerLauncher.StartAsync(ServerKind.Cluster, Token);
        await using TestFleet fleet = await TestFleet.OpenAsync(server, Token);
        await fleet.RegisterAsync("a1", "i1", ["h0"]);
        int gone = await ClusterSlots.ProcessOfAsync(fleet.Raw.Multiplexer, server, fleet.Key("meta"));
        await server.KillAsync(gone);
        SlicePoolException error = await Assert.ThrowsAsync<SlicePoolException>(() => fleet.BeatAsync("a1", "i1"));
        Assert.Equal("StoreUnreachable", error.ErrorId);

        // Before the others have noticed, and after: then they answer nothing any more.
        await ClusterLauncher.AwaitStateAsync(fleet.Raw.Multiplexer.GetServer(IPAddress.Loopback, server.Ports[(gone + 1) % ClusterLauncher.Nodes]), "fail", Token);
        SlicePoolException opened = await Assert.ThrowsAsync<SlicePoolException>(() => fleet.OpenAnotherAsync());
        Assert.Equal("StoreUnreachable", opened.ErrorId);
        IReadOnlyList<StoreRequirement> found = await StoreLoader.InspectAsync(server.Options(fleet.Store.Fleet), Token);
        StoreRequirement slots = found.Single(requirement => requirement.Name == "Slots");
        Assert.True(slots.Result == Fail && slots.Found.Contains("are served by nobody", StringComparison.Ordinal), $"{slots}");
        await server.StartAgainAsync(gone, Token);
        await Eventually.TrueAsync(() => WorksAsync(() => fleet.RegisterAsync("a1", "i2", ["h0"])), "the agent is registered again", Token);
        await Eventually.TrueAsync(async () => await WorksAsync(async () => await (await fleet.OpenAnotherAsync()).DisposeAsync()), "new clients connect", Token);
    }

    [Fact]
    public async Task What_is_no_cluster_and_what_no_cluster_has_is_refused()
    {
        TestServer cluster = await _servers.GetAsync(ServerKind.Cluster);
        await FailsAsync(new() { Connection = cluster.Address.Endpoint + ",defaultDatabase=1", Password = cluster.Address.Password }, "InvalidStore", "database 0");
        await using TestServer one = await ServerLauncher.StartRedisAsync(ServerLauncher.FreePort(), "secret", Token);
        await using TestServer other = await ServerLauncher.StartRedisAsync(ServerLauncher.FreePort(), "secret", Token);
        string both = $"{one.Address.Endpoint},{other.Address.Endpoint}";
        await FailsAsync(new() { Connection = both, Password = "secret" }, "StoreUnfit", "no cluster");
        await other.FollowAsync(one.Address, Token);
        await using (await StoreLoader.OpenAsync(new() { Connection = both, Password = "secret" }, Token))
        {
        }

        await FailsAsync(new() { Connection = other.Address.Endpoint, Password = "secret" }, "StoreUnreachable", "replica");
    }

    [Fact]
    public async Task Its_servers_on_other_machines_are_told_nothing_in_clear()
    {
        Func<string[], string?> standalone = FakeRedis.Redis("7.0.15", scripts: "");
        const string Nodes = "07c37dfeb235213a872192d90877d0cd55635b91 192.0.2.1:6379@16379 master - 0 0 1 connected 0-16383\n";
        await using FakeRedis server = new(command => command[0].ToUpperInvariant() switch
        {
            "CLUSTER" => FakeRedis.Bulk(Nodes),
            "INFO" => FakeRedis.Bulk("# Server\r\nredis_version:7.0.15\r\nredis_mode:cluster\r\n# Cluster\r\ncluster_enabled:1\r\n"),
            _ => standalone(command),
        });
        await FailsAsync(new() { Connection = server.Endpoint, Password = "hunter2" }, "InsecureTransport", "192.0.2.1:6379");
    }

    // Beats and renews until it is told to end; the store may be away for a moment, but never forgets. How often it did.
    private static async Task<int> WorkAsync(TestFleet fleet, CancellationToken end)
    {
        int rounds = 0;
        while (!end.IsCancellationRequested)
        {
            await WorksAsync(async () =>
            {
                Assert.Equal(HeartbeatStatus.Alive, (await fleet.BeatAsync("a1", "i1", new HostFence("h0", 1, "l1", true))).Status);
                Assert.Equal(["l1"], (await fleet.RenewAsync(60_000, "l1")).Renewed);
                rounds++;
            });
        }

        return rounds;
    }

    private static async Task FailsAsync(StoreOptions options, string errorId, string told)
    {
        SlicePoolException error = await Assert.ThrowsAsync<SlicePoolException>(() => StoreLoader.OpenAsync(options, Token));
        Assert.Equal(errorId, error.ErrorId);
        Assert.Contains(told, error.Message, StringComparison.Ordinal);
    }

    private static async Task<bool> WorksAsync(Func<Task> call)
    {
        try
        {
            await call();
            return true;
        }
        catch (SlicePoolException error) when (error.ErrorId == "StoreUnreachable")
        {
            return false;
        }
    }
}
