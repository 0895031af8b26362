using Eformer.Pool.RedisStore.Tests.Support;
using Eformer.Pool.Store;
using Xunit;

namespace Eformer.Pool.RedisStore.Tests;

public sealed class LogTests(SharedServers servers) : StoreTests(servers)
{
    private static byte[] Bytes(int number) => System.Text.Encoding.UTF8.GetBytes($"entry {number}");

    [Theory, ClassData(typeof(EachServer))]
    public async Task Entries_are_kept_in_order_and_read_in_parts(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        TestRun run = new(fleet);
        await run.SubmitAsync(default);
        Assert.Empty((await run.LogAsync())!);
        await run.ClaimAsync("a1", "i1", "h0");
        AppendStatus[] statuses = await Task.WhenAll(Enumerable.Range(1, 50).Select(i => run.ChunkAsync("a1", "i1", i, Bytes(i - 1))));
        Assert.All(statuses, status => Assert.Equal(AppendStatus.Appended, status));
        Assert.Equal(Enumerable.Range(0, 50).Select(Bytes), (await run.LogAsync())!.Select(entry => entry.ToArray()));
        Assert.Equal([Bytes(10), Bytes(11)], (await run.LogAsync(10, 2))!.Select(entry => entry.ToArray()));
        Assert.Empty((await run.LogAsync(50, 2))!);
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task A_sequence_number_is_appended_once_and_none_is_skipped(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        TestRun run = new(fleet);
        await run.SubmitAsync(default);
        await run.ClaimAsync("a1", "i1", "h0");
        Assert.Equal(AppendStatus.OutOfOrder, await run.ChunkAsync("a1", "i1", 2, Bytes(2)));
        Assert.Equal(AppendStatus.Appended, await run.ChunkAsync("a1", "i1", 1, Bytes(1)));
        Assert.Equal(AppendStatus.Duplicate, await run.ChunkAsync("a1", "i1", 1, Bytes(9)));
        Assert.Equal(AppendStatus.Appended, await run.CompleteAsync("a1", "i1", 2, Bytes(2), "h0"));
        Assert.Equal(AppendStatus.Duplicate, await run.CompleteAsync("a1", "i1", 2, Bytes(2), "h0"));
        Assert.Equal([Bytes(1), Bytes(2)], (await run.LogAsync())!.Select(entry => entry.ToArray()));
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task Who_claimed_nothing_cannot_write_output(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        TestRun run = new(fleet);
        await run.SubmitAsync(default);
        Assert.Equal(AppendStatus.Fenced, await run.ChunkAsync("a1", "i1", 1, Bytes(1)));
        await run.ClaimAsync("a1", "i1", "h0");
        await run.ClaimAsync("a1", "i2", "h0");
        Assert.Equal(AppendStatus.Fenced, await run.ChunkAsync("a1", "i2", 1, Bytes(1)));
        Assert.Equal(AppendStatus.Fenced, await run.CompleteAsync("a1", "i2", 1, Bytes(1), "h0"));
        Assert.Empty((await run.LogAsync())!);
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task The_first_end_of_a_host_is_kept(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        TestRun run = new(fleet);
        await run.SubmitAsync(default);
        await run.ClaimAsync("a1", "i1", "h0", "h1");
        Assert.Equal(AppendStatus.Appended, await run.CompleteAsync("a1", "i1", 1, Bytes(1), "h0"));
        Assert.Equal(AppendStatus.Fenced, await run.CompleteAsync("a1", "i1", 2, Bytes(2), "h1", "h0"));
        Assert.Equal(AppendStatus.Appended, await run.CompleteAsync("a1", "i1", 2, Bytes(3), "h1"));
        Assert.Equal([Bytes(1), Bytes(3)], (await run.LogAsync())!.Select(entry => entry.ToArray()));
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task Small_entries_ride_in_the_doorbell_and_large_ones_are_only_announced(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        TestRun run = new(fleet);
        await run.SubmitAsync(default);
        await run.ClaimAsync("a1", "i1", "h0");
        await using Bell driver = await Bell.ListenAsync(fleet.Store, Doorbell.Driver(TestRun.Driver), Token);
        int[] sizes = [0, LogNotice.LargestRider, LogNotice.LargestRider + 1, 256 * 1024];
        for (int i = 0; i < sizes.Length; i++)
        {
            byte[] entry = new byte[sizes[i]];
            Random.Shared.NextBytes(entry);
            await run.ChunkAsync("a1", "i1", i + 1, entry);
            LogNotice notice = await driver.NoticeAsync(i, Token);
            Assert.Equal((run.Id, i), (notice.RunId, notice.Index));
            Assert.Equal(sizes[i] <= LogNotice.LargestRider ? entry : [], notice.Entry.ToArray());
            Assert.Equal(entry, (await run.LogAsync(i))![0].ToArray());
        }

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => run.ChunkAsync("a1", "i1", 9, new byte[(256 * 1024) + 1]));
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task Indexes_beyond_one_byte_are_announced_rightly(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        TestRun run = new(fleet);
        await run.SubmitAsync(default);
        await run.ClaimAsync("a1", "i1", "h0");
        await using Bell driver = await Bell.ListenAsync(fleet.Store, Doorbell.Driver(TestRun.Driver), Token);
        await Task.WhenAll(Enumerable.Range(1, 300).Select(i => run.ChunkAsync("a1", "i1", i, default)));
        for (int i = 0; i < 300; i++)
        {
            Assert.Equal(i, (await driver.NoticeAsync(i, Token)).Index);
        }
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task Thousands_of_hosts_end_in_one_entry(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        TestRun run = new(fleet);
        string[] hosts = [.. Enumerable.Range(0, 12_736).Select(i => $"h{i}")];
        await run.SubmitAsync(default);
        Assert.Equal(hosts, (await run.ClaimAsync("a1", "i1", hosts)).Granted);
        Assert.Equal(AppendStatus.Appended, await run.CompleteAsync("a1", "i1", 1, Bytes(1), hosts));
        Assert.Equal(AppendStatus.Fenced, await run.CompleteAsync("a1", "i1", 2, Bytes(1), hosts[^1]));
    }
}
