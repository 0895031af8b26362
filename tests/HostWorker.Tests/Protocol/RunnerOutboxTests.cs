using System.Text;
using Eformer.Pool.HostWorker.Runners;
using Eformer.Pool.HostWorker.Runners.Inside;
using Eformer.Pool.HostWorker.Runners.Protocol;
using Eformer.Pool.HostWorker.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Eformer.Pool.HostWorker.Tests.Protocol;

public sealed class RunnerOutboxTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly List<List<string>> _writes = [];

    [Fact]
    public void Records_wait_five_milliseconds_for_company()
    {
        using RunnerOutbox outbox = Make();
        outbox.Add(RecordKind.Output, 1);
        _clock.Advance(TimeSpan.FromMilliseconds(4));
        outbox.Add(RecordKind.Output, 2);
        Assert.Empty(_writes);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(["Output 1 2"], Assert.Single(_writes));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Single(_writes);
    }

    [Fact]
    public void The_end_takes_everything_along_in_one_write()
    {
        using RunnerOutbox outbox = Make();
        outbox.Add(RecordKind.Output, 1);
        outbox.Add(RecordKind.Warning, "w");
        outbox.Add(RecordKind.Output, 2);
        outbox.Send(new EndedBody().Write);
        Assert.Equal(["Output 1", "Warning w", "Output 2", "Ended"], Assert.Single(_writes));
    }

    [Fact]
    public void What_progress_comes_to_follows_its_records_once()
    {
        using RunnerOutbox outbox = Make();
        for (int percent = 0; percent < 3; percent++)
        {
            outbox.Note(new RunProgress("a", "", percent));
            outbox.Add(RecordKind.Progress, percent);
        }

        outbox.Add(RecordKind.Output, 7);
        outbox.Send(FrameType.Ready);
        Assert.Equal(["Progress 0 1 2", "Progress", "Output 7", "Ready"], Assert.Single(_writes));
    }

    [Fact]
    public void A_document_holds_256_objects_at_most()
    {
        using RunnerOutbox outbox = Make();
        for (int number = 0; number < 600; number++)
        {
            outbox.Add(RecordKind.Output, number);
        }

        outbox.Send(FrameType.Ready);
        Assert.Equal([256, 256, 88], _writes.Select(write => write[0].Split(' ').Length - 1));
    }

    [Fact]
    public void Big_objects_do_not_wait_for_256_of_them()
    {
        using RunnerOutbox outbox = Make();
        for (int number = 0; number < 5; number++)
        {
            outbox.Add(RecordKind.Output, new string('x', 100_000));
        }

        Assert.Single(_writes);
    }

    [Fact]
    public void Objects_of_all_shapes_get_numbers_of_their_own()
    {
        using RunnerOutbox outbox = Make();
        object shared = new List<int> { 1 };
        outbox.Add(RecordKind.Output, new Dictionary<string, object> { ["a"] = shared, ["b"] = shared });
        outbox.Add(RecordKind.Output, new object[] { shared, "RefId=\"0\" > <TN RefId=\"1\">\n  text" });
        outbox.Add(RecordKind.Output, 5);
        outbox.Send(FrameType.Ready);
        Assert.Equal(3, _writes.Single()[0].Split(' ', StringSplitOptions.RemoveEmptyEntries).Length - 1);
    }

    private RunnerOutbox Make() => new(Take, _clock);

    private void Take(ReadOnlyMemory<byte> bytes)
    {
        FrameDecoder decoder = new();
        List<string> write = [];
        while (!bytes.IsEmpty)
        {
            Memory<byte> free = decoder.GetFree();
            int count = Math.Min(free.Length, bytes.Length);
            bytes[..count].CopyTo(free);
            bytes = bytes[count..];
            decoder.Advance(count);
            while (decoder.TryRead(out Frame frame))
            {
                write.Add(Describe(frame));
            }
        }

        _writes.Add(write);
    }

    private static string Describe(Frame frame)
    {
        if (frame.Type != FrameType.Record)
        {
            return frame.Type.ToString();
        }

        RecordBody record = RecordBody.Read(frame);
        object?[] objects = [.. Clixml.Read(record.Document)];
        Assert.Equal(objects.Length, record.Count);
        StringBuilder text = new(record.Kind.ToString());
        foreach (object? value in objects)
        {
            text.Append(' ').Append(value is int or string ? value : value!.GetType().Name);
        }

        return text.ToString();
    }
}
