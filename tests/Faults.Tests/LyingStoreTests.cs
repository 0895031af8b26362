using System.Buffers.Binary;
using System.Text;
using Eformer.Pool.Envelopes;
using Eformer.Pool.Faults.Tests.Support;
using StackExchange.Redis;
using Xunit;

namespace Eformer.Pool.Faults.Tests;

/// <summary>What somebody who can write to the store can do to a driver that waits for results: nothing but delay it, or make it say that it does not know.</summary>
public sealed class LyingStoreTests(PoolToAttack target) : IClassFixture<PoolToAttack>
{
    private static readonly string[] s_texts = ["<S>1</S>", "<S>done</S>"];
    private readonly Fleet _fleet = target.Fleet;
    private readonly SlicePoolManager _pool = target.Pool;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Doorbells_that_lie_about_the_log_hide_nothing()
    {
        await using RunHandle run = await _pool.StartAsync("'1'; " + _fleet.Evidence.WaitingScript("bells"));
        await _fleet.Evidence.AwaitAsync("bells", hosts: 2, Token);
        foreach (long index in new[] { 0, 1, 2, 3, 4, 5, 1000, long.MaxValue - 1, long.MaxValue })
        {
            await NotifyAsync(run, index, []);
            await NotifyAsync(run, index, "garbage"u8.ToArray());
            await NotifyAsync(run, index, new byte[Envelope.HeaderLength + 10]);
        }

        _fleet.Evidence.Release("bells");
        AssertComplete(run, await run.ReadAsync());
    }

    [Fact]
    public async Task Entries_that_are_not_signed_are_passed_over()
    {
        await using RunHandle run = await _pool.StartAsync("'1'; " + _fleet.Evidence.WaitingScript("entries"));
        await _fleet.Evidence.AwaitAsync("entries", hosts: 2, Token);
        using EnvelopeSigner other = FleetKeys.Create(_fleet.Name).ResultSigner();
        ResultHeader forged = new()
        {
            Fleet = _fleet.Name,
            RunId = run.RunId,
            Writer = "forger",
            Sequence = 1,
            Items = [new ResultItem("0.0", RecordKind.End, 0, Partial: false, 1, new AttemptEnd { Outcome = RunOutcome.Succeeded, Evidence = "forged" })],
        };
        await _fleet.Raw.ListRightPushAsync(RunKey(run, "log"), "garbage");
        await _fleet.Raw.ListRightPushAsync(RunKey(run, "log"), other.Sign(EnvelopeType.Result, ResultBatch.Encode(forged, [default])));
        _fleet.Evidence.Release("entries");
        AssertComplete(run, await run.ReadAsync());
    }

    [Fact]
    public async Task Entries_of_another_run_are_passed_over()
    {
        await using RunHandle first = await _pool.StartAsync("'1'; 'done'");
        await first.EndsAsync();
        RedisValue[] genuine = await _fleet.Raw.ListRangeAsync(RunKey(first, "log"));
        Assert.NotEmpty(genuine);
        await using RunHandle second = await _pool.StartAsync("'1'; " + _fleet.Evidence.WaitingScript("replayed"));
        await _fleet.Evidence.AwaitAsync("replayed", hosts: 2, Token);
        await _fleet.Raw.ListRightPushAsync(RunKey(second, "log"), genuine);
        _fleet.Evidence.Release("replayed");
        AssertComplete(second, await second.ReadAsync());
    }

    [Fact]
    public async Task A_run_whose_record_vanishes_ends_with_what_is_known()
    {
        await using RunHandle run = await _pool.StartAsync(_fleet.Evidence.WaitingScript("vanished"));
        await _fleet.Evidence.AwaitAsync("vanished", hosts: 2, Token);
        await _fleet.Raw.KeyDeleteAsync([RunKey(run, "run"), RunKey(run, "payload"), RunKey(run, "log")]);
        _fleet.Evidence.Release("vanished");
        (await run.EndsAsync()).AllAre(RunOutcome.Unknown);
        await _pool.SucceedAsync("1");
    }

    // Everything that the hosts wrote, once, in order, and the ends they sent.
    private static void AssertComplete(RunHandle run, List<RunRecord> records)
    {
        foreach (HostAddress host in run.Hosts)
        {
            RunRecord[] own = [.. records.Where(record => record.Host == host)];
            Assert.Equal((RecordKind.End, RunOutcome.Succeeded), (own[^1].Kind, own[^1].End!.Outcome));
            Assert.Single(own, record => record.Kind == RecordKind.End);
            string output = string.Concat(own.Where(record => record.Kind == RecordKind.Output).Select(record => Encoding.UTF8.GetString(record.Data.Span)));
            int[] at = [.. s_texts.Select(text => output.IndexOf(text, StringComparison.Ordinal))];
            Assert.True(at[0] >= 0 && at[1] > at[0], output);
            Assert.All(s_texts, text => Assert.Equal(output.IndexOf(text, StringComparison.Ordinal), output.LastIndexOf(text, StringComparison.Ordinal)));
        }
    }

    private RedisKey RunKey(RunHandle run, string name) => $"{{ef:{_fleet.Name}:{run.RunId}}}:{name}";

    private Task<long> NotifyAsync(RunHandle run, long index, byte[] entry)
    {
        byte[] message = [.. Encoding.ASCII.GetBytes(run.RunId), .. new byte[8], .. entry];
        BinaryPrimitives.WriteInt64BigEndian(message.AsSpan(run.RunId.Length), index);
        return _fleet.Raw.PublishAsync(RedisChannel.Literal($"{{ef:{_fleet.Name}}}:bell:driver:{_pool.OwnerId}"), message);
    }
}
