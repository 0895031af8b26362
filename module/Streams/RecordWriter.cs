using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Xml;
using Eformer.Pool.Module.Errors;
using Eformer.Pool.Module.Runs;

namespace Eformer.Pool.Module.Streams;

/// <summary>Writes what comes from hosts as the streams it was written to there. Pipeline thread only.</summary>
internal sealed class RecordWriter(Cmdlet cmdlet, IRunSink sink)
{
    private readonly HostProgressBars _progress = new();

    /// <summary>Writes one record of a run.</summary>
    public void Write(PoolRun run, RunRecord record)
    {
        if (record.Kind == RecordKind.End)
        {
            End(run, record);
            return;
        }

        if (record.Kind == RecordKind.Retry)
        {
            Retry(run, record);
            return;
        }

        if (Decode(record) is not IList items)
        {
            return;
        }

        if (record.Kind == RecordKind.Output)
        {
            sink.Output(run, record.Host, items);
            return;
        }

        foreach (object? item in items)
        {
            WriteItem(run, record, item);
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
                cmdlet.WriteWarning(Text(item));
                break;
            case RecordKind.Verbose:
                cmdlet.WriteVerbose(Text(item));
                break;
            case RecordKind.Debug:
                cmdlet.WriteDebug(Text(item));
                break;
            case RecordKind.Information:
                cmdlet.WriteInformation(HostInformation.From(item, record.Host));
                break;
            case RecordKind.Progress when RecordDecoder.Plain(item) is ProgressRecord written:
                cmdlet.WriteProgress(_progress.Translate(written, record.Host));
                break;
            default:
                cmdlet.WriteError(ErrorRecords.From(Unreadable(record, "it is of a kind that is not known here")));
                break;
        }
    }

    private void End(PoolRun run, RunRecord record)
    {
        CompleteProgress(record.Host);
        AttemptEnd end = EndOf(record);
        if (end.OutputBytes > 0)
        {
            cmdlet.WriteError(ErrorRecords.From(Truncated(record.Host, end)));
        }

        sink.End(run, record.Host, end);
    }

    private void Retry(PoolRun run, RunRecord record)
    {
        CompleteProgress(record.Host);
        AttemptEnd end = EndOf(record);
        cmdlet.WriteWarning($"Host {record.Host}: attempt {end.Attempt} ended as {end.Outcome} ({end.Evidence.TrimEnd('.')}) and is made again.");
        sink.Retry(run, record.Host, end);
    }

    private void CompleteProgress(HostAddress host)
    {
        foreach (ProgressRecord bar in _progress.Complete(host))
        {
            cmdlet.WriteProgress(bar);
        }
    }

    private static AttemptEnd EndOf(RunRecord record) => record.End ?? throw new InvalidOperationException("An end record holds no end.");

    private static SlicePoolException Truncated(HostAddress host, AttemptEnd end) => new(
        "OutputTruncated",
        PoolErrorCategory.LimitsExceeded,
        $"Host {host}: its output was cut: {end.OutputBytes:N0} bytes were written, and {end.OutputLimit:N0} are kept.",
        "Write less, or write it to storage that the caller can reach and send its place.",
        host);

    private IList? Decode(RunRecord record)
    {
        try
        {
            return RecordDecoder.Decode(record.Data);
        }
        catch (XmlException failure)
        {
            cmdlet.WriteError(ErrorRecords.From(Unreadable(record, failure.Message)));
            return null;
        }
    }

    private static string Text(object? item) => Convert.ToString(RecordDecoder.Plain(item), CultureInfo.InvariantCulture) ?? "";

    private static SlicePoolException Unreadable(RunRecord record, string why) => new(
        "HostDataUnreadable",
        PoolErrorCategory.InvalidData,
        $"Host {record.Host}: a record of its {record.Kind} stream cannot be read: {why}",
        "Look for a worker on that host that is older or newer than this module.",
        record.Host);
}
