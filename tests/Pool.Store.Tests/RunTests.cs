using Eformer.Pool.RedisStore.Tests.Support;
using Eformer.Pool.Store;
using Xunit;

namespace Eformer.Pool.RedisStore.Tests;

public sealed class RunTests(SharedServers servers) : StoreTests(servers)
{
    private static readonly byte[] s_payload = "do it"u8.ToArray();

    [Theory, ClassData(typeof(EachServer))]
    public async Task A_run_goes_from_submission_to_acknowledgement_and_leaves_nothing(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        TestRun run = new(fleet);
        await fleet.HoldAsync("a1", "i1", "l1", ["h0", "h1"]);
        await using Bell agent = await Bell.ListenAsync(fleet.Store, Doorbell.Agent("a1"), Token);
        await using Bell driver = await Bell.ListenAsync(fleet.Store, Doorbell.Driver(TestRun.Driver), Token);
        await run.SubmitAsync(s_payload, new Announcement("a1", "inbox"u8.ToArray(), "bell"u8.ToArray()));
        Assert.Equal("bell"u8.ToArray(), await agent.NextAsync(Token));
        ClaimReply claim = await run.ClaimAsync("a1", "i1", "h0", "h1");
        Assert.Equal((true, false), (claim.Exists, claim.Cancelled));
        Assert.Equal(["h0", "h1"], claim.Granted);
        Assert.Equal(s_payload, claim.Payload.ToArray());
        Assert.Equal(AppendStatus.Appended, await run.ChunkAsync("a1", "i1", 1, "out"u8.ToArray()));
        Assert.Equal(AppendStatus.Appended, await run.CompleteAsync("a1", "i1", 2, "end"u8.ToArray(), "h0", "h1"));
        LogNotice first = await driver.NoticeAsync(0, Token), second = await driver.NoticeAsync(1, Token);
        Assert.Equal((run.Id, 0, "out"), (first.RunId, first.Index, System.Text.Encoding.UTF8.GetString(first.Entry.Span)));
        Assert.Equal((run.Id, 1, "end"), (second.RunId, second.Index, System.Text.Encoding.UTF8.GetString(second.Entry.Span)));
        await run.AcknowledgeAsync();
        await fleet.Store.ReleaseAsync(new ReleaseRequest(TestFleet.Pool, TestFleet.Owner, ["l1"], ForgetPool: true), Token);
        await fleet.Store.DeregisterAsync("a1", "i1", Token);
        Assert.Equal([fleet.Key("meta").ToString()], fleet.Keys());
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task Whether_a_run_is_to_stop_can_be_asked_alone(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        TestRun run = new(fleet);
        Assert.False(await fleet.Store.IsCancelledAsync(run.Id, Token));
        await run.SubmitAsync(s_payload);
        Assert.False(await fleet.Store.IsCancelledAsync(run.Id, Token));
        await fleet.Store.CancelAsync(new RunCancellation(run.Id, []), Token);
        Assert.True(await fleet.Store.IsCancelledAsync(run.Id, Token));
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task Everything_of_a_run_expires_by_itself(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        TestRun run = new(fleet);
        await run.SubmitAsync(s_payload, new Announcement("a1", s_payload, s_payload));
        await run.ClaimAsync("a1", "i1", "h0");
        await run.ChunkAsync("a1", "i1", 1, s_payload);
        Assert.Equal(4, fleet.Keys().Length);
        foreach (string key in fleet.Keys())
        {
            TimeSpan? left = await fleet.Raw.KeyTimeToLiveAsync(key);
            Assert.NotNull(left);
            Assert.InRange(left.Value, TimeSpan.FromSeconds(50), TimeSpan.FromHours(1));
        }
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task The_time_to_live_starts_again_with_each_write(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        TestRun run = new(fleet);
        await run.SubmitAsync(s_payload);
        await run.ClaimAsync("a1", "i1", "h0");
        await run.ChunkAsync("a1", "i1", 1, s_payload);
        string[] keys = fleet.Keys();
        await Task.WhenAll(keys.Select(key => fleet.Raw.KeyExpireAsync(key, TimeSpan.FromSeconds(20))));
        await run.ChunkAsync("a1", "i1", 2, s_payload);
        Assert.Equal(3, keys.Length);
        foreach (string key in keys)
        {
            Assert.InRange((await fleet.Raw.KeyTimeToLiveAsync(key))!.Value, TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(60));
        }
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task A_run_submitted_again_is_not_stored_again(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        TestRun run = new(fleet);
        await run.SubmitAsync(s_payload);
        await run.ClaimAsync("a1", "i1", "h0");
        await run.SubmitAsync("other"u8.ToArray());
        ClaimReply claim = await run.ClaimAsync("a2", "i2", "h0", "h1");
        Assert.Equal(["h1"], claim.Granted);
        Assert.Equal(s_payload, claim.Payload.ToArray());
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task A_run_that_is_not_there_cannot_be_claimed_written_or_read(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        TestRun run = new(fleet);
        await run.AcknowledgeAsync();
        Assert.False((await run.ClaimAsync("a1", "i1", "h0")).Exists);
        Assert.Equal(AppendStatus.Gone, await run.ChunkAsync("a1", "i1", 1, s_payload));
        Assert.Equal(AppendStatus.Gone, await run.CompleteAsync("a1", "i1", 1, s_payload, "h0"));
        Assert.Null(await run.LogAsync());
        Assert.Empty(fleet.Keys());
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task Only_ids_of_runs_are_taken_as_such(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        foreach (string id in (string[])["", new('a', 64), new('A', 32), "}:0123456789abcdef0123456789abcd"])
        {
            await Assert.ThrowsAsync<ArgumentException>(() => fleet.Store.AcknowledgeAsync(id, Token));
        }
    }
}
