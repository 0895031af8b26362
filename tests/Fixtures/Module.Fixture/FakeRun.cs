using System.Threading.Channels;

namespace Eformer.Pool.Module.Fixture;

/// <summary>A run of two hosts that gives what a test says. What has no end among it goes on until it is stopped.</summary>
public sealed class FakeRun : RunHandle
{
    private readonly Channel<RunRecord> _records = Channel.CreateUnbounded<RunRecord>();

    public FakeRun(RunRequest request, IReadOnlyList<string> records)
    {
        RunRecord[] all = [.. records.Select(record => FakeRecord.Of(record, Hosts))];
        foreach (RunRecord record in all)
        {
            _records.Writer.TryWrite(record);
        }

        RunId = request.RunId ?? "fake";
        if (all.Count(record => record.Kind == RecordKind.End) == Hosts.Count)
        {
            _records.Writer.Complete();
        }
    }

    /// <summary>How many runs were let go of before their end.</summary>
    public static int Stopped { get; private set; }

    public override string RunId { get; }

    public override IReadOnlyList<HostAddress> Hosts { get; } = [new("fake", 0, 0, "node"), new("fake", 0, 1, "node")];

    public override DateTimeOffset Queued => default;

    public override ChannelReader<RunRecord> Records => _records.Reader;

    public override Task CancelAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override ValueTask DisposeAsync()
    {
        if (_records.Writer.TryComplete())
        {
            Stopped++;
        }

        return ValueTask.CompletedTask;
    }
}
