using System.Security.Cryptography;
using Eformer.Pool.RedisStore.Tests.Support;
using Eformer.Pool.Store;
using Xunit;

namespace Eformer.Pool.RedisStore.Tests;

public sealed class ClaimTests(SharedServers servers) : StoreTests(servers)
{
    private static readonly byte[] s_payload = "do it"u8.ToArray();

    [Theory, ClassData(typeof(EachServer))]
    public async Task An_attempt_is_given_to_one_incarnation(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        TestRun run = new(fleet);
        await run.SubmitAsync(s_payload);
        Assert.Equal(["h0"], (await run.ClaimAsync("a1", "i1", "h0")).Granted);
        Assert.Equal(["h0"], (await run.ClaimAsync("a1", "i1", "h0")).Granted);
        Assert.Empty((await run.ClaimAsync("a1", "i2", "h0")).Granted);
        Assert.Equal(["h0"], (await run.ClaimAsync("a1", "i2", 2, "h0")).Granted);
        Assert.Empty((await run.ClaimAsync("a1", "i1", "h0")).Granted);
        Assert.Equal(AppendStatus.Fenced, await run.CompleteAsync("a1", "i1", 1, s_payload, "h0"));
        Assert.Equal(AppendStatus.Appended, await run.CompleteAsync("a1", "i2", 1, 2, s_payload, "h0"));
        ClaimReply late = await run.ClaimAsync("a1", "i2", 2, "h0", "h1");
        Assert.Equal(["h1"], late.Granted);
        Assert.Equal(["h0"], late.Ended);
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task A_later_attempt_starts_afresh_after_the_end_of_an_earlier_one(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        TestRun run = new(fleet);
        await run.SubmitAsync(s_payload);
        await run.ClaimAsync("a1", "i1", "h0", "h1");
        await run.CompleteAsync("a1", "i1", 1, s_payload, "h0", "h1");
        Assert.Equal(["h0"], (await run.ClaimAsync("a2", "i2", 2, "h0")).Granted);
        Assert.Equal(new LogEnd("h1", 1, RunOutcome.Succeeded), Assert.Single((await run.StandingAsync())!.Ended));
        Assert.Equal(AppendStatus.Fenced, await run.CompleteAsync("a1", "i1", 2, s_payload, "h0"));
        Assert.Equal(AppendStatus.Appended, await run.CompleteAsync("a2", "i2", 1, 2, s_payload, "h0"));
        Assert.Empty((await run.ClaimAsync("a1", "i1", 2, "h0")).Granted);
        Assert.Equal([1, 2], (await run.StandingAsync())!.Ended.Select(end => end.Attempt).Order());
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task Many_agents_that_claim_at_once_share_the_hosts(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        TestRun run = new(fleet);
        string[] hosts = [.. Enumerable.Range(0, 20).Select(i => $"h{i}")];
        await run.SubmitAsync(s_payload);
        ClaimReply[] claims = await Task.WhenAll(hosts.Select((host, i) => run.ClaimAsync($"a{i}", $"i{i}", host, hosts[(i + 1) % hosts.Length])));
        Assert.Equal(hosts.Order(), claims.SelectMany(claim => claim.Granted).Order());
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task A_cancelled_run_is_announced_and_claimed_only_to_be_ended(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        TestRun run = new(fleet);
        await run.SubmitAsync(s_payload);
        await run.ClaimAsync("a1", "i1", "h0");
        await using Bell bell = await Bell.ListenAsync(fleet.Store, Doorbell.Agent("a1"), Token);
        Announcement stop = new("a1", "stop"u8.ToArray(), "stop!"u8.ToArray());
        await fleet.Store.CancelAsync(new RunCancellation(run.Id, [stop]), Token);
        Assert.Equal("stop!"u8.ToArray(), await bell.NextAsync(Token));
        Assert.Equal("stop"u8.ToArray(), Assert.Single(await fleet.Store.TakeInboxAsync("a1", 10, Token)).ToArray());
        ClaimReply claim = await run.ClaimAsync("a1", "i1", "h0", "h1");
        Assert.Equal((true, true), (claim.Exists, claim.Cancelled));
        Assert.Equal(["h0", "h1"], claim.Granted);
        Assert.Equal(AppendStatus.Appended, await run.CompleteAsync("a1", "i1", 1, s_payload, "h0", "h1"));
        await fleet.Store.CancelAsync(new RunCancellation(new TestRun(fleet).Id, []), Token);
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task A_payload_of_a_megabyte_arrives_whole(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        foreach (int size in (int[])[0, 32 * 1024, (32 * 1024) + 1, 256 * 1024, (256 * 1024) + 1, (1024 * 1024) + 17])
        {
            TestRun run = new(fleet);
            byte[] payload = RandomNumberGenerator.GetBytes(size);
            await run.SubmitAsync(payload);
            await run.SubmitAsync(payload);
            ClaimReply claim = await run.ClaimAsync("a1", "i1", "h0");
            Assert.Equal(["h0"], claim.Granted);
            Assert.True(payload.AsSpan().SequenceEqual(claim.Payload.Span), $"{size} bytes");
        }
    }
}
