using System.Threading.Channels;

namespace Eformer.Pool.Runs.Collecting;

/// <summary>What the one reader of a run gets: the records of each host in order, and its one end last.</summary>
/// <param name="abandoned">Ends every wait for the reader with an exception.</param>
internal sealed class RunRecords(CancellationToken abandoned)
{
    private readonly Channel<RunRecord> _records = Channel.CreateBounded<RunRecord>(new BoundedChannelOptions(1024) { SingleReader = true, SingleWriter = true });

    // Ends that are to be handed on, and have not been yet.
    private readonly Queue<RunRecord> _owed = [];

    public ChannelReader<RunRecord> Reader => _records.Reader;

    /// <summary>Hands on what a host wrote.</summary>
    public ValueTask WriteAsync(RunTarget target, RecordKind kind, ReadOnlyMemory<byte> data) =>
        _records.Writer.WriteAsync(new RunRecord(target.Address, kind, data, null), abandoned);

    /// <summary>Takes back what was handed on of an attempt: another one is made.</summary>
    public ValueTask RestartAsync(RunTarget target, AttemptEnd last)
    {
        target.SeenAnything = false;
        return _records.Writer.WriteAsync(new RunRecord(target.Address, RecordKind.Retry, default, last), abandoned);
    }

    /// <summary>Hands on ends that are the last; nothing more of their hosts is.</summary>
    public async Task EndAsync(IReadOnlyList<(RunTarget Target, AttemptEnd End)> ends)
    {
        foreach ((RunTarget target, AttemptEnd end) in ends)
        {
            Owe(target, end);
        }

        while (_owed.TryPeek(out RunRecord? next))
        {
            await _records.Writer.WriteAsync(next, abandoned);
            _owed.Dequeue();
        }
    }

    /// <summary>Hands on an end of every host that has none, and no more after it. What there is no room for waits for the reader, and nobody else does.</summary>
    public void CompleteWith(AttemptEnd end, IEnumerable<RunTarget> targets)
    {
        foreach (RunTarget target in targets.Where(target => !target.Ended))
        {
            Owe(target, end);
        }

        _ = PayAsync();
    }

    /// <summary>Says that nothing follows, or why it does not.</summary>
    public void Complete(Exception? failure = null) => _records.Writer.TryComplete(failure);

    /// <summary>Reads for nobody until who writes is done: a full channel would hold him.</summary>
    public async Task DropUntilAsync(Task done)
    {
        while (!done.IsCompleted)
        {
            while (_records.Reader.TryRead(out _))
            {
            }

            await Task.WhenAny(done, _records.Reader.WaitToReadAsync().AsTask());
        }
    }

    private void Owe(RunTarget target, AttemptEnd end)
    {
        target.Ended = true;
        _owed.Enqueue(new RunRecord(target.Address, RecordKind.End, default, end));
    }

    // Cannot fail: the channel is open until it is at its end.
    private async Task PayAsync()
    {
        while (_owed.TryDequeue(out RunRecord? next))
        {
            await _records.Writer.WriteAsync(next, CancellationToken.None);
        }

        Complete();
    }
}
