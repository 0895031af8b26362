using System.Globalization;
using Eformer.Pool.RedisStore.Tests.Servers;
using Eformer.Pool.RedisStore.Tests.Support;
using Eformer.Pool.Store;
using Xunit;
using static Eformer.Pool.RequirementResult;

namespace Eformer.Pool.RedisStore.Tests;

/// <summary>Stores that are found by way of sentinels, and what is told when they are not.</summary>
public sealed class SentinelTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_replica_that_takes_over_is_followed_and_its_data_has_a_new_generation()
    {
        await using SentinelGroup group = await SentinelGroup.StartAsync(3, Token);
        await using TestFleet fleet = await TestFleet.OpenAsync(group.Store, Token);
        await fleet.HoldAsync("a1", "i1", "l1", ["h0"]);
        Assert.Equal((Pass, "3, and they can make another server the primary"), await JudgeSentinelsAsync(group));
        await using Bell bell = await Bell.ListenAsync(fleet.Store, Doorbell.Agent("a1"), Token);
        string generation = (await fleet.Store.ReadFleetAsync(Token)).Generation;
        await group.Servers[0].KillAsync();
        SlicePoolException error = await Assert.ThrowsAsync<SlicePoolException>(() => fleet.RenewAsync(60_000, "l1"));
        Assert.Equal("StoreUnreachable", error.ErrorId);
        await Eventually.TrueAsync(async () => await Works(() => fleet.RenewAsync(60_000, "l1")), "the lease is renewed again", Token);
        FleetSnapshot after = await fleet.Store.ReadFleetAsync(Token);
        Assert.NotEqual(generation, after.Generation);
        Assert.False(Assert.Single(after.Hosts).Alive);
        await fleet.BeatAsync("a1", "i1", new HostFence("h0", 1, "l1", true));
        Assert.Equal((true, HostState.Held), ((await fleet.HostAsync("h0")).Alive, await fleet.StateAsync("h0")));
        await Eventually.TrueAsync(
            async () =>
            {
                await new TestRun(fleet).SubmitAsync(default, new Announcement("a1", "x"u8.ToArray(), "x"u8.ToArray()));
                return !bell.Heard.IsEmpty;
            },
            "the doorbell is heard again", Token);

        // A client that comes now finds the new primary while the old one, which the sentinels still name as a replica, is gone.
        await using IPoolStore late = await Eventually.AnswersAsync(fleet.OpenAnotherAsync(), Token);
        Assert.Equal(after.Generation, (await late.ReadFleetAsync(Token)).Generation);
    }

    [Fact]
    public async Task One_that_hangs_is_replaced_and_does_not_keep_others_from_connecting()
    {
        await using SentinelGroup group = await SentinelGroup.StartAsync(3, Token);
        await using TestFleet fleet = await TestFleet.OpenAsync(group.Store, Token);
        await fleet.RegisterAsync("a1", "i1", ["h0"]);
        string generation = (await fleet.Store.ReadFleetAsync(Token)).Generation;
        await group.Servers[0].SignalAsync("STOP", Token);
        await group.AwaitFailoverAsync(Token);
        await Eventually.TrueAsync(async () => await Works(() => fleet.BeatAsync("a1", "i1")), "the agent is heard again", Token);
        await using IPoolStore late = await Eventually.AnswersAsync(fleet.OpenAnotherAsync(), Token);
        Assert.NotEqual(generation, (await late.ReadFleetAsync(Token)).Generation);
    }

    [Theory]
    [InlineData("KILL")]
    [InlineData("STOP")]
    public async Task One_sentinel_of_three_is_not_needed(string signal)
    {
        await using SentinelGroup group = await SentinelGroup.StartAsync(3, Token);
        await group.Sentinels[0].SignalAsync(signal, Token);
        await using IPoolStore store = await Eventually.AnswersAsync(StoreLoader.OpenAsync(group.Address.ToOptions("default"), Token), Token);
        Assert.Equal(group.Address.Endpoint.Split(",serviceName")[0], store.Endpoint);
        Assert.Equal((Warn, "1 of 3 that were named do not answer"), await JudgeSentinelsAsync(group));
    }

    [Fact]
    public async Task A_primary_on_another_machine_is_told_nothing_in_clear()
    {
        await using FakeRedis sentinel = new(command => command[0] == "SENTINEL" ? "*2\r\n$9\r\n192.0.2.1\r\n$4\r\n6379\r\n" : "+OK\r\n");
        await FailsAsync($"{sentinel.Endpoint},serviceName=any,password=hunter2", "InsecureTransport", "192.0.2.1:6379");
    }

    [Theory]
    [InlineData("", "6379")]
    [InlineData("127.0.0.1", "99999")]
    [InlineData("127.0.0.1", "0")]
    [InlineData("a\u001b[2Jb", "6379")]
    [InlineData("::zz", "6379")]
    public async Task A_primary_that_is_no_address_is_not_followed_nor_repeated(string host, string port)
    {
        await using FakeRedis sentinel = new(command => command[0] == "SENTINEL" ? $"*2\r\n{FakeRedis.Bulk(host)}{FakeRedis.Bulk(port)}" : "+OK\r\n");
        await FailsAsync($"{sentinel.Endpoint},serviceName=any", "StoreUnfit", "does not answer as a Redis server does");
    }

    [Fact]
    public async Task What_is_wrong_with_sentinels_is_told()
    {
        await using SentinelGroup group = await SentinelGroup.StartAsync(1, Token, "hunter2-sentinels");
        string sentinel = group.Sentinels[0].Address.Endpoint, server = group.Servers[0].Address.Endpoint, password = group.Address.Password;
        string service = $"serviceName={SentinelGroup.Service}", own = "sentinelPassword=hunter2-sentinels";
        string nobody = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{ServerLauncher.FreePort()}");
        await using (await StoreLoader.OpenAsync(new StoreOptions { Connection = $"{sentinel},{service},{own}", Password = password }, Token))
        {
        }

        await FailsAsync($"{nobody},{service}", "StoreUnreachable", "nothing listens", nobody);
        await FailsAsync($"{sentinel},{service}", "StoreAuthentication", "sentinel", sentinel);
        await FailsAsync($"{sentinel},{service},sentinelPassword=wrong", "StoreAuthentication", "sentinel", sentinel);
        await FailsAsync($"{sentinel},{service},{own},password=wrong", "StoreAuthentication", "primary", server);
        await FailsAsync($"{sentinel},{service},{own}", "StoreAuthentication", "primary", server);
        await FailsAsync($"{sentinel},serviceName=other,{own},password={password}", "StoreServiceNotFound", "'other'", sentinel);
        await FailsAsync($"{server},{service},sentinelPassword={password}", "StoreUnfit", "no sentinel", server);
        await FailsAsync($"{sentinel},password=hunter2-sentinels", "StoreUnfit", "is a sentinel", sentinel);
        await group.Servers[0].KillAsync();
        await FailsAsync($"{sentinel},{service},{own},password={password}", "StoreUnreachable", "primary", server);
    }

    private static async Task<(RequirementResult, string)> JudgeSentinelsAsync(SentinelGroup group)
    {
        StoreRequirement found = (await StoreLoader.InspectAsync(group.Address.ToOptions("default"), Token)).Single(requirement => requirement.Name == "Sentinels");
        return (found.Result, found.Found);
    }

    private static async Task FailsAsync(string connection, string errorId, params string[] told)
    {
        SlicePoolException error = await Eventually.AnswersAsync(
            Assert.ThrowsAsync<SlicePoolException>(() => StoreLoader.OpenAsync(new StoreOptions { Connection = connection }, Token)), Token);
        Assert.True(error.ErrorId == errorId, $"{connection}: {error.ErrorId}: {error.Message}");
        Assert.All(told, text => Assert.Contains(text, error.Message, StringComparison.Ordinal));
        Assert.NotNull(error.RecommendedAction);
        Assert.DoesNotContain("hunter2", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("wrong", error.ToString(), StringComparison.Ordinal);
    }

    private static async Task<bool> Works(Func<Task> call)
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
