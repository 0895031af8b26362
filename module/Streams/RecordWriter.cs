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
        foreach (ProgressRecord bar in _progress.Complete(record.Host))
        {
            cmdlet.WriteProgress(bar);
        }

        sink.End(run, record.Host, record.End ?? throw new InvalidOperationException("An end record holds no end."));
    }

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
