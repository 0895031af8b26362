using Eformer.Pool.RedisStore.Tests.Support;
using Eformer.Pool.Store;
using Xunit;

namespace Eformer.Pool.RedisStore.Tests;

public sealed class InboxTests(SharedServers servers) : StoreTests(servers)
{
    private static byte[] Bytes(int number) => System.Text.Encoding.UTF8.GetBytes($"message {number}");

    private static Announcement For(string agent, int number) => new(agent, Bytes(number), "bell"u8.ToArray());

    [Theory, ClassData(typeof(EachServer))]
    public async Task Announcements_are_taken_once_and_in_order(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        await new TestRun(fleet).SubmitAsync(default, For("a1", 0), For("a2", 9), For("a1", 1), For("a1", 2));
        Assert.Equal([Bytes(0), Bytes(1)], (await fleet.Store.TakeInboxAsync("a1", 2, Token)).Select(entry => entry.ToArray()));
        await new TestRun(fleet).SubmitAsync(default, For("a1", 3));
        Assert.Equal([Bytes(2), Bytes(3)], (await fleet.Store.TakeInboxAsync("a1", 10, Token)).Select(entry => entry.ToArray()));
        Assert.Empty(await fleet.Store.TakeInboxAsync("a1", 10, Token));
        Assert.Empty(await fleet.Store.TakeInboxAsync("a1", 10, Token));
        Assert.Equal([Bytes(9)], (await fleet.Store.TakeInboxAsync("a2", 10, Token)).Select(entry => entry.ToArray()));
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task What_a_lost_answer_held_is_taken_again(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        await new TestRun(fleet).SubmitAsync(default, For("a1", 0), For("a1", 1));
        await using (IPoolStore other = await fleet.OpenAnotherAsync())
        {
            // As if its answer had been lost: whoever asked never comes back.
            Assert.Equal(2, (await other.TakeInboxAsync("a1", 10, Token)).Count);
        }

        Assert.Equal([Bytes(0), Bytes(1)], (await fleet.Store.TakeInboxAsync("a1", 10, Token)).Select(entry => entry.ToArray()));
        Assert.Empty(await fleet.Store.TakeInboxAsync("a1", 10, Token));
        Assert.DoesNotContain(fleet.Keys(), key => key.Contains("inbox", StringComparison.Ordinal));
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task Hundreds_of_agents_are_told_by_one_submission(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        await using Bell last = await Bell.ListenAsync(fleet.Store, Doorbell.Agent("a199"), Token);
        await new TestRun(fleet).SubmitAsync(default, [.. Enumerable.Range(0, 200).Select(i => For($"a{i}", i))]);
        await last.NextAsync(Token);
        for (int i = 0; i < 200; i += 33)
        {
            Assert.Equal([Bytes(i)], (await fleet.Store.TakeInboxAsync($"a{i}", 10, Token)).Select(entry => entry.ToArray()));
        }
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task A_bell_of_64_kilobytes_is_heard(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        byte[] message = new byte[64 * 1024];
        Random.Shared.NextBytes(message);
        await using Bell bell = await Bell.ListenAsync(fleet.Store, Doorbell.Agent("a1"), Token);
        await new TestRun(fleet).SubmitAsync(default, new Announcement("a1", Bytes(0), message));
        Assert.Equal(message, await bell.NextAsync(Token));
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task A_doorbell_that_is_let_go_is_not_heard_any_more(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        Bell gone = await Bell.ListenAsync(fleet.Store, Doorbell.Agent("a1"), Token);
        await gone.DisposeAsync();
        await using Bell bell = await Bell.ListenAsync(fleet.Store, Doorbell.Agent("a1"), Token);
        await new TestRun(fleet).SubmitAsync(default, For("a1", 0));
        await bell.NextAsync(Token);
        Assert.Empty(gone.Heard);
    }
}
