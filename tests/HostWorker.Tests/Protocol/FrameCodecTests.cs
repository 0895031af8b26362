using System.Buffers.Binary;
using Eformer.Pool.HostWorker.Runners;
using Eformer.Pool.HostWorker.Runners.Protocol;

namespace Eformer.Pool.HostWorker.Tests.Protocol;

public sealed class FrameCodecTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(100_000)]
    public void Frames_survive_however_they_are_split(int step)
    {
        FrameBuffer buffer = new();
        new HelloBody("token", 7, "pwsh 7.6.5").Write(buffer);
        buffer.WriteFrame(FrameType.Ready);
        new RunBody("a", new string('ä', 90_000), null, new Dictionary<string, string> { ["A"] = "1", ["B"] = "" }).Write(buffer);
        new EndedBody { Threw = true, ExitCode = -3, Message = "m" }.Write(buffer);
        List<object> read = Decode(buffer.Written, step);
        Assert.Equal(new HelloBody("token", 7, "pwsh 7.6.5"), read[0]);
        Assert.Equal(FrameType.Ready, read[1]);
        RunBody run = Assert.IsType<RunBody>(read[2]);
        Assert.Equal(90_000, run.Script.Length);
        Assert.Null(run.ArgumentsXml);
        Assert.Equal(["A=1", "B="], run.Environment.Select(pair => $"{pair.Key}={pair.Value}"));
        Assert.Equal(new EndedBody { Threw = true, ExitCode = -3, Message = "m" }, read[3]);
    }

    [Fact]
    public void A_run_comes_with_all_it_asks_for()
    {
        RunnerSetup setup = new("hash", new Dictionary<string, string> { ["f"] = "1" }, ["/m/a.psd1", "/m/b.psm1"], "/files", null);
        FrameBuffer buffer = new();
        new RunBody("a", "s", "args", new Dictionary<string, string>())
        {
            InputXml = "in", Depth = 5, FreshRunspace = true, WorkingDirectory = "/w", Setup = setup,
        }.Write(buffer);
        RunBody read = Assert.IsType<RunBody>(Assert.Single(Decode(buffer.Written, 10)));
        Assert.Equal(("in", 5, true, "/w"), (read.InputXml, read.Depth, read.FreshRunspace, read.WorkingDirectory));
        Assert.Equal(("hash", "/files", null), (read.Setup!.Hash, read.Setup.FilesFolder, read.Setup.InitializationScript));
        Assert.Equal("1", read.Setup.Functions["f"]);
        Assert.Equal(setup.Modules, read.Setup.Modules);
    }

    [Fact]
    public void A_call_comes_with_all_that_it_needs()
    {
        RunnerCall call = new()
        {
            AssemblyPath = "/a/b.dll", Function = "f", ContractHash = "h", Contract = "argument a: int", Arguments = new byte[] { 1, 0, 255 }, RunId = "run", Attempt = 3,
        };
        FrameBuffer buffer = new();
        new RunBody("a", "", null, new Dictionary<string, string>()) { Call = call }.Write(buffer);
        new RunBody("a", "", null, new Dictionary<string, string>()) { Call = call with { Contract = null, Arguments = default } }.Write(buffer);
        RunBody[] read = [.. Decode(buffer.Written, 10).Cast<RunBody>()];
        Assert.Equal(call, read[0].Call! with { Arguments = call.Arguments });
        Assert.Equal([1, 0, 255], read[0].Call!.Arguments.ToArray());
        Assert.Equal((null, 0), (read[1].Call!.Contract, read[1].Call!.Arguments.Length));
    }

    [Theory]
    [InlineData(RecordKind.Output, true)]
    [InlineData(RecordKind.Progress, true)]
    [InlineData(RecordKind.End, false)]
    [InlineData(RecordKind.Retry, false)]
    [InlineData(RecordKind.Value, true)]
    [InlineData(RecordKind.Report, true)]
    [InlineData(RecordKind.Fault, true)]
    [InlineData((RecordKind)13, false)]
    public void Records_of_a_runner_are_of_the_kinds_that_are_its_to_send(RecordKind kind, bool known)
    {
        FrameBuffer buffer = new();
        RecordBody.Write(buffer, kind, 2, [1, 2, 3]);
        if (!known)
        {
            Assert.Throws<ProtocolException>(() => Decode(buffer.Written, 100));
            return;
        }

        RecordBody read = Assert.IsType<RecordBody>(Assert.Single(Decode(buffer.Written, 100)));
        Assert.Equal((kind, 2, 3), (read.Kind, read.Count, read.Document.Length));
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(Frame.MaxLength + 1u)]
    [InlineData(uint.MaxValue)]
    public void A_length_that_cannot_be_is_refused_before_anything_is_allocated(uint length)
    {
        FrameDecoder decoder = new();
        BinaryPrimitives.WriteUInt32LittleEndian(decoder.GetFree().Span, length);
        decoder.Advance(4);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<ProtocolException>(() => decoder.TryRead(out _));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void A_length_alone_reserves_nothing()
    {
        FrameDecoder decoder = new();
        BinaryPrimitives.WriteUInt32LittleEndian(decoder.GetFree().Span, Frame.MaxLength);
        decoder.Advance(4);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.False(decoder.TryRead(out _));
        Assert.False(decoder.GetFree().IsEmpty);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(255)]
    public void An_unknown_type_is_refused(byte type)
    {
        FrameDecoder decoder = new();
        new byte[] { 1, 0, 0, 0, type }.CopyTo(decoder.GetFree());
        decoder.Advance(5);
        Assert.Throws<ProtocolException>(() => decoder.TryRead(out _));
    }

    [Fact]
    public void Half_a_frame_is_no_frame()
    {
        FrameDecoder decoder = new();
        new byte[] { 9, 0, 0, 0, 2, 1 }.CopyTo(decoder.GetFree());
        decoder.Advance(6);
        Assert.False(decoder.TryRead(out _));
        Assert.False(decoder.IsEmpty);
    }

    [Fact]
    public void A_frame_that_became_too_long_is_not_sent()
    {
        FrameBuffer buffer = new();
        buffer.WriteFrame(FrameType.Ready);
        int before = buffer.Length;
        RunBody body = new("a", new string('x', Frame.MaxLength), null, new Dictionary<string, string>());
        Assert.Throws<ProtocolException>(() => body.Write(buffer));
        Assert.Equal(before, buffer.Length);
    }

    [Theory]
    [InlineData(new byte[] { })]
    [InlineData(new byte[] { 1, 0, 0 })]
    [InlineData(new byte[] { 5, 0, 0, 0, 65 })]
    [InlineData(new byte[] { 0xFE, 0xFF, 0xFF, 0xFF })]
    [InlineData(new byte[] { 0xFF, 0xFF, 0xFF, 0x7F })]
    [InlineData(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF })]
    [InlineData(new byte[] { 1, 0, 0, 0, 0x80, 1, 0, 0, 0, 1, 0, 0, 0, 65 })]
    [InlineData(new byte[] { 1, 0, 0, 0, 65, 1, 0, 0, 0, 1, 0, 0, 0, 65, 66 })]
    public void A_body_that_is_not_exact_is_refused(byte[] body) =>
        Assert.Throws<ProtocolException>(() => HelloBody.Read(new Frame(FrameType.Hello, body)));

    [Theory]
    [InlineData(new byte[] { })]
    [InlineData(new byte[] { 1, 60, 0, 0 })]
    [InlineData(new byte[] { 77, 60, 1, 0, 0, 0 })]
    [InlineData(new byte[] { 1, 60, 0, 0, 0, 0 })]
    [InlineData(new byte[] { 1, 60, 255, 255, 255, 255 })]
    public void A_record_that_is_not_exact_is_refused(byte[] body) =>
        Assert.Throws<ProtocolException>(() => RecordBody.Read(new Frame(FrameType.Record, body)));

    [Fact]
    public void Progress_comes_as_it_was_sent()
    {
        FrameBuffer buffer = new();
        new ProgressBody(new RunProgress("Copying", "a", 40)).Write(buffer);
        new ProgressBody(null).Write(buffer);
        Assert.Equal([new ProgressBody(new RunProgress("Copying", "a", 40)), new ProgressBody(null)], Decode(buffer.Written, 7));
    }

    [Fact]
    public void A_body_of_another_type_is_refused() =>
        Assert.Throws<ProtocolException>(() => HelloBody.Read(new Frame(FrameType.Run, Array.Empty<byte>())));

    [Theory]
    [InlineData(new byte[] { 2, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF })]
    [InlineData(new byte[] { 0, 0, 0, 0, 1, 0, 0 })]
    public void An_end_that_is_not_exact_is_refused(byte[] body) =>
        Assert.Throws<ProtocolException>(() => EndedBody.Read(new Frame(FrameType.Ended, body)));

    [Fact]
    public void Random_bytes_never_do_worse_than_a_protocol_error()
    {
        Random random = new(1);
        for (int round = 0; round < 2000; round++)
        {
            byte[] bytes = new byte[random.Next(1, 200)];
            random.NextBytes(bytes);
            bytes.AsSpan(1, Math.Min(3, bytes.Length - 1)).Clear();
            Assert.True(Record.Exception(() => Decode(bytes, random.Next(1, 50))) is null or ProtocolException);
        }
    }

    private static List<object> Decode(ReadOnlyMemory<byte> bytes, int step)
    {
        FrameDecoder decoder = new();
        List<object> read = [];
        while (!bytes.IsEmpty)
        {
            Memory<byte> free = decoder.GetFree();
            int count = Math.Min(Math.Min(step, bytes.Length), free.Length);
            bytes[..count].CopyTo(free);
            decoder.Advance(count);
            bytes = bytes[count..];
            while (decoder.TryRead(out Frame frame))
            {
                read.Add(Open(frame));
            }
        }

        return read;
    }

    private static object Open(Frame frame) => frame.Type switch
    {
        FrameType.Hello => HelloBody.Read(frame),
        FrameType.Run => RunBody.Read(frame),
        FrameType.Ended => EndedBody.Read(frame),
        FrameType.Record => RecordBody.Read(frame),
        FrameType.Progress => ProgressBody.Read(frame),
        _ => frame.Type,
    };
}
