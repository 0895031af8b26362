using System.Globalization;
using System.Management.Automation;
using System.Text.Json;
using System.Xml;
using Eformer.Pool.Functions;
using Eformer.Pool.Module.Errors;
using Eformer.Pool.Module.Runs;

namespace Eformer.Pool.Module.Streams;

/// <summary>Writes what comes from hosts as the streams it was written to there. One thread at a time.</summary>
internal sealed class RecordWriter(IHostStreams streams, IRunSink sink)
{
    private readonly HostProgressBars _progress = new();
    private readonly ReportedProgress _reports = new();

    /// <summary>Writes one record of a run.</summary>
    public void Write(PoolRun run, RunRecord record)
    {
        if (record.Kind is RecordKind.End or RecordKind.Retry)
        {
            End(run, record);
            return;
        }

        try
        {
            Take(run, record);
        }
        catch (Exception failure) when (failure is XmlException or JsonException)
        {
            streams.Error(ErrorRecords.From(Unreadable(record, failure.Message)));
        }
        catch (SlicePoolException failure)
        {
            streams.Error(ErrorRecords.From(failure));
        }
    }

    private void Take(PoolRun run, RunRecord record)
    {
        switch (record.Kind)
        {
            case RecordKind.Output:
                sink.Output(run, record.Host, RecordDecoder.Decode(record.Data));
                break;
            case RecordKind.Value:
                sink.Output(run, record.Host, run.Values.Read(record));
                break;
            case RecordKind.Report:
                streams.Progress(_progress.Translate(_reports.Read(record, run.Values.Activity), record.Host));
                break;
            case RecordKind.Fault:
                sink.Error(run, record.Host, HostErrorRecord.From(RemoteFault.TryRead(record.Data.Span) ?? throw new JsonException("It is no error."), record.Host));
                break;
            default:
                foreach (object? item in RecordDecoder.Decode(record.Data))
                {
                    WriteItem(run, record, item);
                }

                break;
        }
    }

    private void WriteItem(PoolRun run, RunRecord record, object? item)
    {
        switch (record.Kind)
        {
            case RecordKind.Error:
                sink.Error(run, record.Host, HostErrorRecord.From(item, record.Host));
                break;
            case RecordKind.Warning:
                streams.Warning(Text(item));
                break;
            case RecordKind.Verbose:
                streams.Verbose(Text(item));
                break;
            case RecordKind.Debug:
                streams.Debug(Text(item));
                break;
            case RecordKind.Information:
                streams.Information(HostInformation.From(item, record.Host));
                break;
            case RecordKind.Progress when RecordDecoder.Plain(item) is ProgressRecord written:
                streams.Progress(_progress.Translate(written, record.Host));
                break;
            default:
                streams.Error(ErrorRecords.From(Unreadable(record, "it is of a kind that is not known here")));
                break;
        }
    }

    private void End(PoolRun run, RunRecord record)
    {
        foreach (ProgressRecord bar in _progress.Complete(record.Host))
        {
            streams.Progress(bar);
        }

        AttemptEnd end = record.End ?? throw new InvalidOperationException("An end record holds no end.");
        if (end.OutputBytes > 0)
        {
            streams.Error(ErrorRecords.From(Truncated(record.Host, end)));
        }

        if (record.Kind == RecordKind.End)
        {
            sink.End(run, record.Host, end);
            return;
        }

        streams.Warning($"Host {record.Host}: attempt {end.Attempt} ended as {end.Outcome} ({end.Evidence.TrimEnd('.')}); it is made again.");
        sink.Retry(run, record.Host);
    }

    private static SlicePoolException Truncated(HostAddress host, AttemptEnd end) => new(
        "OutputTruncated",
        PoolErrorCategory.LimitsExceeded,
        $"Host {host}: its output was cut: {end.OutputBytes:N0} bytes were written, and {end.OutputLimit:N0} are kept.",
        "Write less, or write it to storage that the caller can reach and send its place.",
        host);

    private static string Text(object? item) => Convert.ToString(RecordDecoder.Plain(item), CultureInfo.InvariantCulture) ?? "";

    private static SlicePoolException Unreadable(RunRecord record, string why) => new(
        "HostDataUnreadable",
        PoolErrorCategory.InvalidData,
        $"Host {record.Host}: a record of its {record.Kind} stream cannot be read: {why}",
        "Look for a worker on that host that is older or newer than this module.",
        record.Host);
}
