using System.Buffers.Binary;
using System.Text;
using CsCheck;
using Eformer.Pool.Envelopes;

namespace Eformer.Pool.Tests.Envelopes;

/// <summary>Batches of results: what was put in comes out, and bytes whose lengths do not add up are no batch.</summary>
public class ResultBatchTests
{
    private static readonly Gen<(string Host, byte Kind, byte[] Data)[]> s_records =
        Gen.Select(Gen.OneOf("h0", "slice-0.1"), Gen.Byte[1, 7], Gen.Byte.Array[0, 100]).Array[0, 10];

    [Fact]
    public void What_was_put_in_comes_out() => s_records.Sample(records =>
    {
        ResultHeader header = Samples.Header([.. records.Select(record => Item(record.Host, (RecordKind)record.Kind, record.Data.Length))]);
        byte[] body = ResultBatch.Encode(header, [.. records.Select(record => (ReadOnlyMemory<byte>)record.Data)]);
        Assert.True(ResultBatch.TryDecode(body, out ResultHeader read, out ReadOnlyMemory<byte>[] data));
        Assert.Equivalent(header, read, strict: true);
        Assert.Equal(records.Select(record => record.Data), data.Select(piece => piece.ToArray()));
    });

    [Fact]
    public void Random_bytes_are_no_batch_and_never_throw() =>
        Gen.Byte.Array[0, 300].Sample(bytes => !ResultBatch.TryDecode(bytes, out _, out _));

    [Fact]
    public void A_batch_with_a_byte_changed_never_throws_and_its_lengths_still_add_up()
    {
        byte[] body = Batch(3, 5);
        Gen.Select(Gen.Int[0, body.Length - 1], Gen.Byte).Sample((at, value) =>
        {
            byte[] changed = [.. body];
            changed[at] = value;
            return !ResultBatch.TryDecode(changed, out ResultHeader header, out ReadOnlyMemory<byte>[] data)
                || header.Items.Select(item => item.Length).SequenceEqual(data.Select(piece => piece.Length));
        });
    }

    [Fact]
    public void What_is_cut_off_or_added_is_no_batch()
    {
        byte[] body = Batch(3, 5);
        Assert.All(Enumerable.Range(0, body.Length), length => Assert.False(ResultBatch.TryDecode(body.AsMemory(0, length), out _, out _)));
        Assert.False(ResultBatch.TryDecode((byte[])[.. body, 0], out _, out _));
    }

    [Theory]
    [InlineData(-1), InlineData(int.MinValue), InlineData(int.MaxValue), InlineData(1_000_000)]
    public void An_absurd_length_of_the_head_is_no_batch(int length)
    {
        byte[] body = Batch(3);
        BinaryPrimitives.WriteInt32BigEndian(body, length);
        Assert.False(ResultBatch.TryDecode(body, out _, out _));
    }

    [Theory]
    [InlineData(-1), InlineData(4), InlineData(int.MaxValue), InlineData(int.MinValue)]
    public void Lengths_of_records_that_do_not_add_up_are_no_batch(int length) =>
        Assert.False(ResultBatch.TryDecode(ResultBatch.Encode(Samples.Header(Item("h0", RecordKind.Output, length)), [new byte[3]]), out _, out _));

    [Fact]
    public void Lengths_that_add_up_only_by_overflow_are_no_batch() =>
        Assert.False(ResultBatch.TryDecode(
            ResultBatch.Encode(
                Samples.Header(Item("h0", RecordKind.Output, int.MaxValue), Item("h0", RecordKind.Output, int.MaxValue), Item("h0", RecordKind.Output, 5)),
                [new byte[3]]),
            out _,
            out _));

    [Fact]
    public void A_record_that_is_nothing_is_no_batch()
    {
        string head = Encoding.UTF8.GetString(WireJson.Write(Samples.Header())).Replace("[]", "[null]", StringComparison.Ordinal);
        byte[] body = [0, 0, 0, (byte)head.Length, .. Encoding.UTF8.GetBytes(head)];
        Assert.False(ResultBatch.TryDecode(body, out _, out _));
    }

    [Fact]
    public void An_end_says_how_and_nothing_else_does()
    {
        AttemptEnd end = new() { Outcome = RunOutcome.Succeeded, Evidence = "it ended" };
        foreach (ResultItem item in new[] { Item("h0", RecordKind.End, 0), Item("h0", RecordKind.Output, 0) with { End = end } })
        {
            Assert.False(ResultBatch.TryDecode(ResultBatch.Encode(Samples.Header(item), [default]), out _, out _));
        }
    }

    [Fact]
    public void An_end_keeps_everything_that_was_said()
    {
        AttemptEnd end = new()
        {
            Outcome = RunOutcome.Failed,
            Evidence = "killed by SIGABRT \u2713",
            Attempt = 2,
            HadErrors = true,
            Threw = true,
            ExitCode = 134,
            StartedMs = 1,
            EndedMs = 2,
            DurationMs = 0.25,
        };
        byte[] body = ResultBatch.Encode(Samples.Header(new ResultItem("h0", RecordKind.End, 0, Partial: false, 1, end)), [default]);
        Assert.True(ResultBatch.TryDecode(body, out ResultHeader header, out _));
        Assert.Equal(end, Assert.Single(header.Items).End);
    }

    private static ResultItem Item(string host, RecordKind kind, int length) => new(host, kind, length, Partial: false, 1, null);

    private static byte[] Batch(params int[] lengths) => ResultBatch.Encode(
        Samples.Header([.. lengths.Select(length => Item("h0", RecordKind.Output, length))]),
        [.. lengths.Select(length => (ReadOnlyMemory<byte>)new byte[length])]);
}
