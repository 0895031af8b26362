using System.Management.Automation;
using Eformer.Pool.HostWorker.Engines;

namespace Eformer.Pool.HostWorker.Runners.Inside;

/// <summary>Takes everything a pipeline writes, live and in order, on the pipeline's own thread.</summary>
internal sealed class StreamCapture(RunnerOutbox outbox, EngineKind engine, int depth)
{
    private readonly ProgressMark _progress = new();
    private readonly DepthWatch _watch = new(depth);

    // The collections keep what they were given; emptied now and then, they stay small.
    private const int KeptObjects = 256;

    // Of an error that is too large to be sent.
    private const int KeptText = 2000;

    /// <summary>Where the pipeline writes its output. Its items are bare where nothing is attached to them.</summary>
    public PSDataCollection<object> Output { get; } = [];

    /// <summary>Whether anything came through the error stream.</summary>
    public bool HadErrors { get; private set; }

    /// <summary>Takes what is written to <see cref="Output"/>.</summary>
    public void Open() => Listen(Output, RecordKind.Output, static item => item);

    /// <summary>Listens to all other streams of a pipeline, of which host text is one way to write to the information stream.</summary>
    public void Attach(PowerShell pipeline, HostText text)
    {
        Listen(pipeline.Streams.Error, RecordKind.Error, NoteError);
        Listen(pipeline.Streams.Warning, RecordKind.Warning, static item => item.Message);
        Listen(pipeline.Streams.Verbose, RecordKind.Verbose, static item => item.Message);
        Listen(pipeline.Streams.Debug, RecordKind.Debug, static item => item.Message);
        Listen(pipeline.Streams.Information, RecordKind.Information, item => Note(item, text));
        Listen(pipeline.Streams.Progress, RecordKind.Progress, Note);
    }

    /// <summary>Takes what was written to the host.</summary>
    public void TakeHostText(InformationRecord record) => Send(RecordKind.Information, record);

    /// <summary>Writes the error that ended a pipeline.</summary>
    public void WriteLast(ErrorRecord error) => Send(RecordKind.Error, NoteError(error));

    private static InformationRecord Note(InformationRecord record, HostText text)
    {
        text.Expect(record);
        return record;
    }

    // Before the record: what waits goes out at any time, and a note waits for a record to follow.
    private ProgressRecord Note(ProgressRecord record)
    {
        outbox.Note(_progress.Take(record));
        return record;
    }

    private void Send(RecordKind kind, object? value)
    {
        try
        {
            if (kind == RecordKind.Output)
            {
                SendOutput(value);
            }
            else
            {
                outbox.Add(kind, value);
            }
        }
        catch (SlicePoolException e)
        {
            outbox.Add(RecordKind.Error, NoteError(Substitute(value as ErrorRecord, e)));
        }
    }

    // An error whose target or text cannot be sent is still told by as much of its text as can.
    private static ErrorRecord Substitute(ErrorRecord? error, SlicePoolException e)
    {
        ErrorCategory category = e.Category == PoolErrorCategory.LimitsExceeded ? ErrorCategory.LimitsExceeded : ErrorCategory.InvalidData;
        ErrorRecord substitute = new(e, e.ErrorId, category, null);
        if (error?.ToString() is { } text)
        {
            string kept = text.Length <= KeptText ? text : text[..KeptText] + "…";
            substitute.ErrorDetails = new ErrorDetails($"{ClixmlBatch.Sendable(kept)} ({e.Message})");
        }

        return substitute;
    }

    private void SendOutput(object? value)
    {
        outbox.Add(RecordKind.Output, value, depth);
        if (_watch.Inspect(value) is { } warning)
        {
            outbox.Add(RecordKind.Warning, warning);
        }
    }

    private ErrorRecord NoteError(ErrorRecord error)
    {
        HadErrors = true;
        MissingCommand.Explain(error, engine);
        return error;
    }

    private void Listen<T>(PSDataCollection<T> stream, RecordKind kind, Func<T, object?> payload)
    {
        stream.DataAdding += (_, e) => Send(kind, e.ItemAdded is T item ? payload(item) : e.ItemAdded);
        stream.DataAdded += (_, e) =>
        {
            if (e.Index >= KeptObjects)
            {
                stream.Clear();
            }
        };
    }
}
