using Eformer.Pool.HostWorker.Runners.Protocol;

namespace Eformer.Pool.HostWorker.Runners;

/// <summary>The run that a runner has in hand: what came of it so far, and its end.</summary>
internal sealed class ActiveRun(Func<RecordKind, ReadOnlyMemory<byte>, ValueTask> onRecord, Action onStarted, TimeProvider clock)
{
    private readonly TaskCompletionSource<RunnerEnd> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DateTimeOffset? _startedAt;
    private long _startedStamp;
    private bool _hadErrors;
    private long _objects;
    private RunProgress? _progress;

    /// <summary>How it ended.</summary>
    public Task<RunnerEnd> End => _end.Task;

    /// <summary>Why its runner was killed by us, or null when it wasn't.</summary>
    public string? KilledBecause { get; set; }

    /// <summary>Takes a frame of the run. The last one completes <see cref="End"/>.</summary>
    public async ValueTask TakeAsync(Frame frame)
    {
        switch (frame.Type)
        {
            case FrameType.Started when _startedAt is null:
                _startedAt = clock.GetUtcNow();
                _startedStamp = clock.GetTimestamp();
                onStarted();
                break;
            case FrameType.Record when _startedAt is not null:
                await TakeAsync(RecordBody.Read(frame)).ConfigureAwait(false);
                break;
            case FrameType.Progress when _startedAt is not null:
                _progress = ProgressBody.Read(frame).Current;
                break;
            case FrameType.Ended:
                Complete(RunnerEnds.FromFacts(EndedBody.Read(frame)));
                break;
            default:
                throw new ProtocolException($"A {frame.Type} frame that has no place here.");
        }
    }

    /// <summary>Ends it because its runner did.</summary>
    public void Lose(RunnerDeath death) => Complete(RunnerEnds.FromDeath(death, _startedAt is not null, KilledBecause) with { HadErrors = _hadErrors });

    /// <summary>Ends it because it could not be sent.</summary>
    public void Refuse(string reason) => Complete(new RunnerEnd { Kind = RunnerEndKind.NotStarted, Evidence = reason });

    /// <summary>Ends it with the agent's own failure.</summary>
    public void Fail(Exception problem) => _end.TrySetException(problem);

    private ValueTask TakeAsync(RecordBody record)
    {
        _hadErrors |= record.Kind == RecordKind.Error;
        _objects += record.Kind is RecordKind.Output or RecordKind.Value ? record.Count : 0;
        return onRecord(record.Kind, record.Document);
    }

    // What was set up before the script counts for its time limit, but is no start of it.
    private void Complete(RunnerEnd end)
    {
        bool started = _startedAt is not null && end.Kind != RunnerEndKind.NotStarted;
        _end.TrySetResult(end with
        {
            Objects = _objects,
            Progress = _progress,
            StartedAt = started ? _startedAt : null,
            Duration = started ? clock.GetElapsedTime(_startedStamp) : TimeSpan.Zero,
        });
    }
}
