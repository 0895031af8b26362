using Eformer.Pool.RedisStore.Tests.Support;
using Eformer.Pool.Store;
using Xunit;

namespace Eformer.Pool.RedisStore.Tests;

/// <summary>Runs as those see them who did not start them.</summary>
public sealed class RunListTests(SharedServers servers) : StoreTests(servers)
{
    private static readonly byte[] s_payload = "do it"u8.ToArray();

    [Theory, ClassData(typeof(EachServer))]
    public async Task A_run_is_listed_with_its_counts_until_it_is_acknowledged(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        TestRun old = new(fleet);
        TestRun run = new(fleet);
        Assert.True(await SubmitAsync(fleet, old, queuedMs: 1_000));
        Assert.True(await SubmitAsync(fleet, run, queuedMs: 2_000));
        await run.ClaimAsync("a1", "i1", "h0", "h1", "h2");
        await run.CompleteAsync("a1", "i1", 1, s_payload, "h0", "h1");
        Assert.Equal(AppendStatus.Appended, await run.JudgeAsync("d1", 1, RunOutcome.HostLost, "h2"));
        await fleet.Store.CancelAsync(new RunCancellation(old.Id, []), Token);

        IReadOnlyList<RunCount> listed = await fleet.Store.ListRunsAsync(Token);
        Assert.Equal([run.Id, old.Id], listed.Select(found => found.Listing.RunId));
        Assert.Equal((3, 2, false), (listed[0].Ended, listed[0].Succeeded, listed[0].Cancelled));
        Assert.Equal((0, 0, true), (listed[1].Ended, listed[1].Succeeded, listed[1].Cancelled));
        Assert.Equal(("night", "'hello'", 3), (listed[0].Listing.Pool, listed[0].Listing.Title, listed[0].Listing.Hosts));

        await run.AcknowledgeAsync();
        Assert.Equal([old.Id], (await fleet.Store.ListRunsAsync(Token)).Select(found => found.Listing.RunId));
        await old.AcknowledgeAsync();
        Assert.Empty(fleet.Keys());
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task Ten_thousand_runs_are_listed_newest_first(ServerKind kind)
    {
        const int Runs = 10_000;
        // On a server of its own: so much moves what others keep there to the embedded store's disk, where its RENAME, which only tests
        // use, throws and leaves its locks behind.
        await using TestServer server = await ServerLauncher.StartAsync(kind, Token);
        await using TestFleet fleet = await TestFleet.OpenAsync(server, Token);
        TestRun[] runs = [.. Enumerable.Range(0, Runs).Select(_ => new TestRun(fleet))];
        foreach ((int Index, TestRun Run)[] some in runs.Index().Chunk(500))
        {
            await Task.WhenAll(some.Select(one => SubmitAsync(fleet, one.Run, queuedMs: 1_000L * one.Index)));
        }

        IReadOnlyList<RunCount> listed = await fleet.Store.ListRunsAsync(Token);
        Assert.Equal(runs.Reverse().Select(run => run.Id), listed.Select(found => found.Listing.RunId));
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task A_run_whose_keys_are_gone_leaves_the_list_and_a_spoilt_entry_hides_nothing(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        TestRun gone = new(fleet);
        TestRun run = new(fleet);
        await SubmitAsync(fleet, gone, queuedMs: 1_000);
        await SubmitAsync(fleet, run, queuedMs: 2_000);
        await fleet.Raw.KeyDeleteAsync($"{{ef:{fleet.Store.Fleet}:{gone.Id}}}:run");
        await fleet.Raw.HashSetAsync($"{{ef:{fleet.Store.Fleet}}}:runs", "spoilt", "no json");
        await fleet.Raw.HashSetAsync($"{{ef:{fleet.Store.Fleet}}}:runs", "}:Evil", "no json");
        Assert.Equal([run.Id], (await fleet.Store.ListRunsAsync(Token)).Select(found => found.Listing.RunId));
        Assert.Equal(1, await fleet.Raw.HashLengthAsync($"{{ef:{fleet.Store.Fleet}}}:runs"));
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task An_entry_that_names_another_run_is_not_shown(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        TestRun run = new(fleet);
        TestRun forged = new(fleet);
        await SubmitAsync(fleet, run, queuedMs: 1_000);
        await SubmitAsync(fleet, forged, queuedMs: 2_000);
        string list = $"{{ef:{fleet.Store.Fleet}}}:runs";
        string entry = (await fleet.Raw.HashGetAsync(list, forged.Id))!;
        await fleet.Raw.HashSetAsync(list, forged.Id, entry.Replace(forged.Id, "night; Remove-Item ~", StringComparison.Ordinal));
        Assert.Equal([run.Id], (await fleet.Store.ListRunsAsync(Token)).Select(found => found.Listing.RunId));
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task An_id_belongs_to_the_submission_that_had_it_first(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        TestRun run = new(fleet);
        Assert.True(await SubmitAsync(fleet, run, 1_000, nonce: "one"));
        Assert.True(await SubmitAsync(fleet, run, 1_000, nonce: "one"));
        await using Bell bell = await Bell.ListenAsync(fleet.Store, Doorbell.Agent("a1"), Token);
        Announcement told = new("a1", s_payload, s_payload);
        RunSubmission other = new(run.Id, "other"u8.ToArray(), 60_000, [told]) { Nonce = "two", MayExist = true };
        Assert.False(await fleet.Store.SubmitAsync(other, Token));
        Assert.Empty(await fleet.Store.TakeInboxAsync("a1", 10, Token));
        Assert.Equal(s_payload, (await run.ClaimAsync("a1", "i1", "h0")).Payload.ToArray());
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task An_amendment_replaces_the_manifest_and_rings(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        TestRun run = new(fleet);
        await SubmitAsync(fleet, run, 1_000);
        Assert.Equal("first"u8.ToArray(), (await run.StandingAsync())!.Manifest.ToArray());
        await using Bell bell = await Bell.ListenAsync(fleet.Store, Doorbell.Agent("a1"), Token);
        RunListing moved = Listing(run, 1_000) with { Pool = "day" };
        Assert.True(await fleet.Store.AmendAsync(new RunAmendment(run.Id, "second"u8.ToArray(), moved, 60_000, [new("a1", "i"u8.ToArray(), "b"u8.ToArray())]), Token));
        Assert.Equal("b"u8.ToArray(), await bell.NextAsync(Token));
        RunStanding standing = (await run.StandingAsync())!;
        Assert.Equal("second"u8.ToArray(), standing.Manifest.ToArray());
        Assert.InRange(standing.ExpiresMs, 1, 60_000);
        Assert.Equal("day", Assert.Single(await fleet.Store.ListRunsAsync(Token)).Listing.Pool);
        TestRun none = new(fleet);
        Assert.False(await fleet.Store.AmendAsync(new RunAmendment(none.Id, "x"u8.ToArray(), Listing(none, 1), 60_000, []), Token));
        Assert.Null(await none.StandingAsync());
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task A_judgement_counts_only_where_there_is_no_end_yet(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        TestRun run = new(fleet);
        await run.SubmitAsync(s_payload);
        await run.ClaimAsync("a1", "i1", "h0", "h1");
        await run.CompleteAsync("a1", "i1", 1, s_payload, "h0");
        Assert.Equal(AppendStatus.Fenced, await run.JudgeAsync("d1", 1, RunOutcome.HostLost, "h0", "h1"));
        Assert.Equal(AppendStatus.Appended, await run.JudgeAsync("d1", 1, RunOutcome.HostLost, "h1"));
        Assert.Equal(AppendStatus.Duplicate, await run.JudgeAsync("d1", 1, RunOutcome.HostLost, "h1"));
        Assert.Equal(AppendStatus.Fenced, await run.CompleteAsync("a1", "i1", 2, s_payload, "h1"));
        Assert.Equal(RunOutcome.HostLost, (await run.StandingAsync())!.Ended.Single(end => end.Host == "h1").Outcome);
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task A_judgement_on_a_later_attempt_takes_the_place_of_an_earlier_end(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        TestRun run = new(fleet);
        await SubmitAsync(fleet, run, 1_000);
        await run.ClaimAsync("a1", "i1", "h0", "h1");
        await run.CompleteAsync("a1", "i1", 1, s_payload, "h0");
        Assert.Equal(AppendStatus.Appended, await run.JudgeAsync("d1", 1, 2, RunOutcome.Cancelled, "h0", "h1"));
        Assert.All((await run.StandingAsync())!.Ended, end => Assert.Equal((2, RunOutcome.Cancelled), (end.Attempt, end.Outcome)));
        RunCount count = Assert.Single(await fleet.Store.ListRunsAsync(Token));
        Assert.Equal((2, 0), (count.Ended, count.Succeeded));
        Assert.Equal(AppendStatus.Fenced, await run.JudgeAsync("d1", 2, 2, RunOutcome.HostLost, "h0"));
        Assert.Equal(AppendStatus.Fenced, await run.JudgeAsync("d1", 2, 1, RunOutcome.HostLost, "h1"));
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task A_judgement_on_an_attempt_that_a_later_one_has_followed_does_not_count(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        TestRun run = new(fleet);
        await run.SubmitAsync(s_payload);
        await run.ClaimAsync("a1", "i1", "h0");
        await run.ClaimAsync("a2", "i2", 2, "h0");
        Assert.Equal(AppendStatus.Fenced, await run.JudgeAsync("d1", 1, RunOutcome.LeaseLost, "h0"));
        Assert.Equal(AppendStatus.Fenced, await run.CompleteAsync("a2", "i2", 1, 1, s_payload, "h0"));
        Assert.Equal(AppendStatus.Appended, await run.CompleteAsync("a2", "i2", 1, 2, s_payload, "h0"));
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task A_trimmed_log_keeps_its_numbers(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        TestRun run = new(fleet);
        await run.SubmitAsync(s_payload);
        await run.ClaimAsync("a1", "i1", "h0");
        for (byte i = 0; i < 5; i++)
        {
            await run.ChunkAsync("a1", "i1", i + 1, new[] { i });
        }

        await fleet.Store.TrimLogAsync(run.Id, 3, Token);
        await fleet.Store.TrimLogAsync(run.Id, 2, Token);
        Assert.Equal([3, 4], (await run.LogAsync(3))!.Select(entry => entry.Span[0]));
        Assert.Equal([4], (await run.LogAsync(4))!.Select(entry => entry.Span[0]));
        await fleet.Store.TrimLogAsync(run.Id, 5, Token);
        await using Bell driver = await Bell.ListenAsync(fleet.Store, Doorbell.Driver(TestRun.Driver), Token);
        await run.ChunkAsync("a1", "i1", 6, new byte[] { 5 });
        LogNotice notice = await driver.NoticeAsync(5, Token);
        Assert.Equal((run.Id, 5L), (notice.RunId, notice.Index));
        Assert.Equal([5], (await run.LogAsync(5))!.Select(entry => entry.Span[0]));
        Assert.NotNull(await fleet.Raw.KeyTimeToLiveAsync($"{{ef:{fleet.Store.Fleet}:{run.Id}}}:log"));
    }

    private static Task<bool> SubmitAsync(TestFleet fleet, TestRun run, long queuedMs, string nonce = "") => fleet.Store.SubmitAsync(
        new RunSubmission(run.Id, s_payload, 60_000, []) { Nonce = nonce, Manifest = "first"u8.ToArray(), Listing = Listing(run, queuedMs) }, fleet.Token);

    private static RunListing Listing(TestRun run, long queuedMs) =>
        new(run.Id, "night", "ann", "d1", TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() + queuedMs, 3, "'hello'", ["lease-1"]);
}
