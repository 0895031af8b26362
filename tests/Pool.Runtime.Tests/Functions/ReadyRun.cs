using System.Text;
using System.Threading.Channels;
using Eformer.Pool.Functions;

namespace Eformer.Pool.Tests.Functions;

/// <summary>A run whose records are there already.</summary>
internal sealed class ReadyRun : RunHandle
{
    private readonly Channel<RunRecord> _records = Channel.CreateUnbounded<RunRecord>();

    public ReadyRun(int slices, int hosts) =>
        Hosts = [.. Enumerable.Range(0, slices).SelectMany(slice => Enumerable.Range(0, hosts).Select(host => new HostAddress($"s{slice}", slice, host, "n")))];

    public override string RunId => "run";

    public override IReadOnlyList<HostAddress> Hosts { get; }

    public override DateTimeOffset Queued => DateTimeOffset.UnixEpoch;

    public override ChannelReader<RunRecord> Records => _records.Reader;

    public override Task CancelAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Values of a host, one JSON text each.</summary>
    public ReadyRun Gives(int host, params string[] values) => Writes(host, RecordKind.Value, [RemoteCall.Json, .. Encoding.UTF8.GetBytes(string.Join('\n', values))]);

    public ReadyRun Throws(int host, Exception exception) => Writes(host, RecordKind.Fault, RemoteFault.Of(exception).Write());

    public ReadyRun Writes(int host, RecordKind kind, byte[] data) => Add(new RunRecord(Hosts[host], kind, data, null));

    public ReadyRun Ends(int host, RunOutcome outcome = RunOutcome.Succeeded, RecordKind kind = RecordKind.End) => Ends(host, new AttemptEnd { Outcome = outcome, Evidence = "e" }, kind);

    public ReadyRun Ends(int host, AttemptEnd end, RecordKind kind = RecordKind.End) => Add(new RunRecord(Hosts[host], kind, default, end));

    /// <summary>Nothing more comes.</summary>
    public ReadyRun Completes()
    {
        _records.Writer.Complete();
        return this;
    }

    private ReadyRun Add(RunRecord record)
    {
        Assert.True(_records.Writer.TryWrite(record));
        return this;
    }
}
