using Eformer.Pool.Faults.Tests.Support;
using Eformer.Pool.Leases;
using StackExchange.Redis;
using Xunit;

namespace Eformer.Pool.Faults.Tests;

/// <summary>A Redis that cannot save its data to its disk, and takes no writes until it can.</summary>
public sealed class UnsavedStoreTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task For_less_than_the_lease_it_costs_nothing_and_says_what_is_wrong()
    {
        await using TestServer server = await ServerLauncher.StartAsync(ServerKind.Redis, Token);
        await using Fleet fleet = await Fleet.CreateAsync(server);
        AgentProcess agent = await fleet.StartAgentAsync();
        SlicePoolManager pool = await fleet.OpenPoolAsync(leaseSec: 60);
        string lease = pool.GetAllActorsInPool()[0].Id;
        await using RunHandle run = await pool.StartAsync(fleet.Evidence.WaitingScript("unsaved"));
        await fleet.Evidence.AwaitAsync("unsaved", hosts: 2, Token);
        string obstacle = await SpoilAsync(fleet);

        SlicePoolException error = await Assert.ThrowsAsync<SlicePoolException>(() => pool.StartAsync("1"));
        Assert.Equal(("StoreUnreachable", PoolErrorCategory.ResourceUnavailable), (error.ErrorId, error.Category));
        Assert.Contains("takes nothing for now: it cannot save its data to its disk", error.Message, StringComparison.Ordinal);
        Assert.Contains("Make room on the disk", error.RecommendedAction, StringComparison.Ordinal);
        fleet.Evidence.Release("unsaved");
        await Eventually.TrueAsync(() => Task.FromResult(agent.Count("cannot save its data to its disk") == 1), "the agent says so", Token);

        await MendAsync(fleet, obstacle);
        (await run.EndsAsync()).AllAre(RunOutcome.Succeeded);
        await Retry.UntilReachableAsync(() => pool.SucceedAsync("1"));
        Assert.Equal((PoolState.Active, lease), (pool.State, pool.GetAllActorsInPool()[0].Id));
        Assert.Equal(1, agent.Count("cannot save its data to its disk"));
    }

    [Fact]
    public async Task For_longer_than_the_lease_it_ends_that_on_both_sides()
    {
        await using TestServer server = await ServerLauncher.StartAsync(ServerKind.Redis, Token);
        await using Fleet fleet = await Fleet.CreateAsync(server);
        AgentProcess agent = await fleet.StartAgentAsync();
        SlicePoolManager pool = await fleet.OpenPoolAsync(leaseSec: (int)LeaseTimings.Shortest.TotalSeconds);
        await using RunHandle run = await pool.StartAsync(fleet.Evidence.EndlessScript("long"));
        await fleet.Evidence.AwaitAsync("long", hosts: 2, Token);
        string obstacle = await SpoilAsync(fleet);
        await fleet.AwaitUserCodeGoneAsync();
        (await run.EndsAsync()).AllAre(RunOutcome.LeaseLost);
        Assert.Equal("LeaseLost", (await Assert.ThrowsAsync<SlicePoolException>(() => pool.StartAsync("1"))).ErrorId);

        await MendAsync(fleet, obstacle);
        await Retry.UntilReachableAsync(() => pool.ScaleMultisliceAsync(1, Token));
        await pool.SucceedsSoonAsync("1");
        await pool.DisposeAsync();
        await fleet.AwaitIdleAsync();
        LeaseHistory.CheckFreed(LeaseHistory.Read(agent.Log));
    }

    // A folder is where its file is to be. That helps against root, too.
    private static async Task<string> SpoilAsync(Fleet fleet)
    {
        RedisResult[] folder = (RedisResult[])(await fleet.Raw.ExecuteAsync("CONFIG", "GET", "dir"))!;
        string obstacle = Path.Combine((string)folder[1]!, "dump.rdb");
        Directory.CreateDirectory(Path.Combine(obstacle, "full"));
        await fleet.Raw.ExecuteAsync("CONFIG", "SET", "save", "3600 1");
        await SaveAsync(fleet, "err");
        return obstacle;
    }

    private static async Task MendAsync(Fleet fleet, string obstacle)
    {
        Directory.Delete(obstacle, recursive: true);
        await SaveAsync(fleet, "ok");
    }

    private static async Task SaveAsync(Fleet fleet, string status)
    {
        await fleet.Raw.ExecuteAsync("BGSAVE");
        await Eventually.TrueAsync(
            async () => ((string?)await fleet.Raw.ExecuteAsync("INFO", "persistence"))!.Contains($"rdb_last_bgsave_status:{status}", StringComparison.Ordinal),
            $"saving is {status}", Token);
    }
}
