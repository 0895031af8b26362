using Eformer.Pool.RedisStore.Tests.Support;
using Eformer.Pool.Store;
using Xunit;

namespace Eformer.Pool.RedisStore.Tests;

public sealed class OutageTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(EachServer))]
    public async Task A_store_that_hangs_fails_calls_in_time_and_works_again_afterwards(ServerKind kind)
    {
        await using TestServer server = await ServerLauncher.StartAsync(kind, Token);
        await using TestFleet fleet = await TestFleet.OpenAsync(server, Token);
        await fleet.RegisterAsync("a1", "i1", ["h0"]);
        await server.SignalAsync("STOP", Token);
        SlicePoolException[] errors = await Eventually.AnswersAsync(
            Task.WhenAll(FailAsync(() => fleet.BeatAsync("a1", "i1")), FailAsync(() => fleet.Store.ReadFleetAsync(Token))), Token);
        await server.SignalAsync("CONT", Token);
        Assert.All(errors, error => AssertUnreachable(error, server));
        await Eventually.TrueAsync(() => WorksAsync(fleet), "calls succeed again", Token);
    }

    [Fact]
    public async Task A_store_that_comes_back_empty_is_used_again_and_its_bells_are_heard()
    {
        TestServer first = await ServerLauncher.StartAsync(ServerKind.Redis, Token);
        await using TestFleet fleet = await TestFleet.OpenAsync(first, Token);
        await fleet.RegisterAsync("a1", "i1", ["h0"]);
        string generation = (await fleet.Store.ReadFleetAsync(Token)).Generation;
        await using Bell bell = await Bell.ListenAsync(fleet.Store, Doorbell.Agent("a1"), Token);
        await first.DisposeAsync();
        AssertUnreachable(await FailAsync(() => fleet.BeatAsync("a1", "i1")), first);
        int port = int.Parse(first.Address.Endpoint.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture);
        await using TestServer second = await ServerLauncher.StartRedisAsync(port, first.Address.Password, Token);
        await Eventually.TrueAsync(() => WorksAsync(fleet), "calls succeed again", Token);
        Assert.Equal(HeartbeatStatus.Unknown, (await fleet.BeatAsync("a1", "i1")).Status);
        await fleet.RegisterAsync("a1", "i2", ["h0"]);
        Assert.NotEqual(generation, (await fleet.Store.ReadFleetAsync(Token)).Generation);
        await Eventually.TrueAsync(() => HearsAsync(fleet, bell), "the doorbell is heard again", Token);
    }

    private static async Task<bool> HearsAsync(TestFleet fleet, Bell bell)
    {
        await new TestRun(fleet).SubmitAsync(default, new Announcement("a1", "x"u8.ToArray(), "x"u8.ToArray()));
        return !bell.Heard.IsEmpty;
    }

    private static Task<SlicePoolException> FailAsync(Func<Task> call) => Assert.ThrowsAsync<SlicePoolException>(call);

    private static void AssertUnreachable(SlicePoolException error, TestServer server)
    {
        Assert.Equal(("StoreUnreachable", PoolErrorCategory.ConnectionError), (error.ErrorId, error.Category));
        Assert.Contains(server.Address.Endpoint, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Address.Password, error.ToString(), StringComparison.Ordinal);
    }

    private static async Task<bool> WorksAsync(TestFleet fleet)
    {
        try
        {
            await fleet.Store.ReadFleetAsync(fleet.Token);
            await fleet.Store.ReapAsync(fleet.Token);
            return true;
        }
        catch (SlicePoolException error) when (error.ErrorId == "StoreUnreachable")
        {
            return false;
        }
    }
}
