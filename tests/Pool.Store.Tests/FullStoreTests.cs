using Eformer.Pool.RedisStore.Tests.Support;
using Eformer.Pool.Store;
using Xunit;

namespace Eformer.Pool.RedisStore.Tests;

/// <summary>A Redis at its memory limit: nothing new is taken, and what is held is not lost for it.</summary>
public sealed class FullStoreTests
{
    private static readonly byte[] s_payload = "payload"u8.ToArray();
    private static readonly Announcement s_message = new("a1", "message"u8.ToArray(), "bell"u8.ToArray());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_takes_room_is_refused_with_what_to_do_and_taken_again_when_there_is_some()
    {
        await using TestServer server = await ServerLauncher.StartAsync(ServerKind.Redis, Token);
        await using TestFleet fleet = await TestFleet.OpenAsync(server, Token);
        await fleet.RegisterAsync("a1", "i1", ["h0", "h1"]);
        TestRun run = new(fleet), other = new(fleet);
        await run.SubmitAsync(s_payload);
        await run.ClaimAsync("a1", "i1", "0.0");
        Func<Task>[] calls =
        [
            () => other.SubmitAsync(s_payload, s_message),
            () => run.ClaimAsync("a1", "i1", "0.1"),
            () => run.CompleteAsync("a1", "i1", 1, s_payload, "0.0"),
            () => fleet.AcquireAsync("l1", "h0"),
            () => fleet.RegisterAsync("a2", "i1", ["h2"]),
        ];
        await SetLimitAsync(fleet, 1);
        foreach (Func<Task> call in calls)
        {
            SlicePoolException error = await Assert.ThrowsAsync<SlicePoolException>(call);
            Assert.Equal(("StoreUnreachable", PoolErrorCategory.ResourceUnavailable), (error.ErrorId, error.Category));
            Assert.Contains($"{server.Address.Endpoint} takes nothing for now: it has reached its memory limit", error.Message, StringComparison.Ordinal);
            Assert.Contains("maxmemory", error.RecommendedAction, StringComparison.Ordinal);
        }

        await SetLimitAsync(fleet, 0);
        foreach (Func<Task> call in calls)
        {
            await call();
        }

        Assert.Single((await run.LogAsync())!);
    }

    [Fact]
    public async Task What_is_held_is_kept_and_what_makes_room_is_done()
    {
        await using TestServer server = await ServerLauncher.StartAsync(ServerKind.Redis, Token);
        await using TestFleet fleet = await TestFleet.OpenAsync(server, Token);
        long epoch = await fleet.HoldAsync("a1", "i1", "l1", ["h0"], ttlMs: 10_000);
        await fleet.AcquireAsync("lapsed", TestFleet.Owner, TestFleet.Pool, 1, "h1");
        TestRun run = new(fleet);
        await run.SubmitAsync(s_payload, s_message);
        await run.ClaimAsync("a1", "i1", "0.0");
        await run.ChunkAsync("a1", "i1", 1, s_payload);
        await SetLimitAsync(fleet, 1);
        Assert.Equal(HeartbeatStatus.Alive, (await fleet.BeatAsync("a1", "i1", new HostFence("h0", epoch, "l1", true))).Status);
        Assert.Equal(["l1"], (await fleet.RenewAsync(90_000, "l1")).Renewed);
        Assert.True(await fleet.KeepAsync("l1", 1));
        Assert.InRange(Assert.Single((await fleet.Store.ReadFleetAsync(Token)).Leases, lease => lease.LeaseId == "l1").RemainingMs, 10_001, 90_000);
        Assert.Single(await fleet.Store.TakeInboxAsync("a1", 10, Token));
        await fleet.Store.ReapAsync(Token);
        await fleet.Store.TrimLogAsync(run.Id, 1, Token);
        await fleet.Store.CancelAsync(new RunCancellation(run.Id, []), Token);
        Assert.True((await run.StandingAsync())!.Cancelled);
        await fleet.ReleaseAsync("l1");
        Assert.Equal(HostState.Reclaiming, await fleet.StateAsync("h0"));
        await run.AcknowledgeAsync();
        Assert.Null(await run.StandingAsync());
    }

    private static async Task SetLimitAsync(TestFleet fleet, long bytes) => await fleet.Raw.ExecuteAsync("CONFIG", "SET", "maxmemory", bytes);
}
