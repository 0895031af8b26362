using System.Threading.Channels;
using Eformer.Pool.Envelopes;
using Eformer.Pool.Pools;
using Eformer.Pool.Store;
using Eformer.Pool.Time;

namespace Eformer.Pool.Runs;

/// <summary>Collects the records of one run until every host has its one end.</summary>
internal sealed class RunCollector : RunHandle
{
    private const int ReadLimit = 64;
    private static readonly TimeSpan s_poll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_cancelLimit = TimeSpan.FromSeconds(9);

    private readonly PoolSession _session;
    private readonly ResultReader _reader;
    private readonly RunCanceller _canceller;
    private readonly UnclaimedAttempts _unclaimed;
    private readonly Action<RunCollector> _onReleased;
    private readonly RunTarget[] _targets;
    private readonly Dictionary<string, RunTarget> _byKey;
    private readonly LogTail _tail = new();
    private readonly Ring _ring;
    private readonly CancellationTokenSource _abandon = new();
    private readonly Channel<RunRecord> _records = Channel.CreateBounded<RunRecord>(new BoundedChannelOptions(1024) { SingleReader = true, SingleWriter = true });
    private Task _loop = Task.CompletedTask;
    private long _cancelledAt = -1;
    private int _released;
    private volatile bool _over;
    private volatile bool _cancelSent;

    public RunCollector(PoolSession session, string runId, RunTarget[] targets, RunCanceller canceller, DateTimeOffset queued, Action<RunCollector> onReleased)
    {
        _session = session;
        _ring = new Ring(session.Clock);
        _canceller = canceller;
        _unclaimed = new UnclaimedAttempts(session, runId);
        _onReleased = onReleased;
        _targets = targets;
        _byKey = targets.ToDictionary(target => target.Key, StringComparer.Ordinal);
        _reader = new ResultReader(session.Verifier, session.Store.Fleet, runId);
        RunId = runId;
        Queued = queued;
        Hosts = [.. targets.Select(target => target.Address)];
    }

    public override string RunId { get; }

    public override IReadOnlyList<HostAddress> Hosts { get; }

    public override DateTimeOffset Queued { get; }

    public override ChannelReader<RunRecord> Records => _records.Reader;

    public void Start() => _loop = Task.Run(CollectAsync);

    public void Notify(LogNotice notice)
    {
        _tail.Notice(notice);
        _ring.Sound();
    }

    /// <summary>Completes when every host has its end; never fails.</summary>
    public Task Ended => _loop;

    /// <summary>Looks again, because a lease was lost.</summary>
    public void Wake() => _ring.Sound();

    /// <summary>Lets go of a run that may or may not have reached the store.</summary>
    public async Task CancelUnsentAsync()
    {
        _over = true;
        _records.Writer.TryComplete();
        try
        {
            await _canceller.CancelAsync(CancellationToken.None);
        }
        catch (SlicePoolException exception) when (exception.ErrorId == "StoreUnreachable")
        {
            // The caller reports the store; without it nothing can start either, and the command expires.
        }

        await DisposeAsync();
    }

    public override async Task CancelAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.CompareExchange(ref _cancelledAt, _session.Clock.GetTimestamp(), -1) == -1 && !_over)
        {
            await _canceller.CancelAsync(cancellationToken);
            _cancelSent = true;
        }
    }

    public override async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _released, 1) != 0)
        {
            return;
        }

        try
        {
            await StopAsync();
            await _session.Store.AcknowledgeAsync(RunId, CancellationToken.None);
        }
        catch (Exception exception) when (exception is ObjectDisposedException or SlicePoolException { ErrorId: "StoreUnreachable" })
        {
            // The pool was removed, or the store is away: there is nobody to tell, and the run's keys have a time to live.
        }
        finally
        {
            _onReleased(this);
            _abandon.Dispose();
        }
    }

    private async Task StopAsync()
    {
        try
        {
            await CancelAsync(CancellationToken.None);
            while (!_loop.IsCompleted)
            {
                // Nobody reads any more: what still comes is dropped, or a full channel would hold the loop.
                while (_records.Reader.TryRead(out _))
                {
                }

                await Task.WhenAny(_loop, _records.Reader.WaitToReadAsync().AsTask());
            }
        }
        finally
        {
            await _abandon.CancelAsync();
            await _loop;
        }
    }

    private async Task CollectAsync()
    {
        long lookedAt = _session.Clock.GetTimestamp();
        try
        {
            while (Array.Exists(_targets, target => !target.Ended))
            {
                bool rung = await _ring.WaitAsync(s_poll, _abandon.Token);
                await DrainAsync(readLog: !rung);
                if (!rung || _session.Clock.GetElapsedTime(lookedAt) > s_poll)
                {
                    lookedAt = _session.Clock.GetTimestamp();
                    await LookForLossAsync();
                }
            }

            _over = true;
            _records.Writer.TryComplete();
        }
        catch (Exception exception)
        {
            _over = true;
            _records.Writer.TryComplete(exception);
        }
    }

    private async Task DrainAsync(bool readLog)
    {
        while (_tail.TryTake(out ReadOnlyMemory<byte> entry))
        {
            if (!await OpenAsync(entry))
            {
                // What rode along was not the host's own; the log has the real one.
                _tail.Back();
                readLog = true;
                break;
            }
        }

        // A read that brings nothing ends it, whatever notices promise: the store may be away, or a notice a lie.
        while ((readLog || _tail.IsBehind) && await ReadLogAsync())
        {
        }
    }

    // True while there may be more.
    private async Task<bool> ReadLogAsync()
    {
        IReadOnlyList<ReadOnlyMemory<byte>> entries;
        try
        {
            entries = await _session.Store.ReadLogAsync(RunId, _tail.Next, ReadLimit, _abandon.Token) ?? [];
        }
        catch (SlicePoolException exception) when (exception.ErrorId == "StoreUnreachable")
        {
            // The store may come back with everything; leases decide how long it pays to wait.
            return false;
        }

        _tail.Read(entries.Count);
        foreach (ReadOnlyMemory<byte> entry in entries)
        {
            await OpenAsync(entry);
        }

        return entries.Count == ReadLimit;
    }

    // False when the entry was refused.
    private async Task<bool> OpenAsync(ReadOnlyMemory<byte> entry)
    {
        if (_reader.Open(entry, out IReadOnlyList<ResultItem> items, out ReadOnlyMemory<byte>[] data) != RejectReason.None)
        {
            return false;
        }

        for (int i = 0; i < items.Count; i++)
        {
            if (_byKey.TryGetValue(items[i].Host, out RunTarget? target) && !target.Ended
                && target.Join(data[i], items[i].Partial) is { } whole)
            {
                await PassOnAsync(target, new RunRecord(target.Address, items[i].Kind, whole, items[i].End));
            }
        }

        return true;
    }

    private async Task PassOnAsync(RunTarget target, RunRecord record)
    {
        target.Heard = true;
        target.Ended = record.Kind == RecordKind.End;
        await _records.Writer.WriteAsync(record, _abandon.Token);
    }

    // A wish to stop that did not reach the store is repeated; agents take it as often as it comes.
    private async Task RepeatCancelAsync()
    {
        if (Interlocked.Read(ref _cancelledAt) >= 0 && !_cancelSent)
        {
            try
            {
                await _canceller.CancelAsync(_abandon.Token);
                _cancelSent = true;
            }
            catch (SlicePoolException exception) when (exception.ErrorId == "StoreUnreachable")
            {
                // Again at the next look.
            }
        }
    }

    private async Task LookForLossAsync()
    {
        await RepeatCancelAsync();
        FleetSnapshot? fleet = await TryReadFleetAsync();
        List<(RunTarget Target, AttemptEnd End)> lost = [];
        foreach (RunTarget target in _targets.Where(target => !target.Ended))
        {
            AttemptEnd? end = target.Slice.IsLost ? LossRules.Lost(RunOutcome.LeaseLost, "the pool's lease was lost")
                : fleet is not null ? LossRules.Judge(target, fleet)
                : null;
            end ??= CancelOverdue() ? LossRules.Lost(RunOutcome.Unknown, "the host did not confirm the stop in time") : null;
            if (end is not null)
            {
                lost.Add((target, end));
            }
        }

        lost.AddRange(await _unclaimed.LookAsync(_targets, _abandon.Token));
        if (lost.Count > 0)
        {
            // An end the host itself published just before it was lost is the better evidence.
            await DrainAsync(readLog: true);
            await PassOnLossesAsync(lost);
        }
    }

    private async Task PassOnLossesAsync(List<(RunTarget Target, AttemptEnd End)> lost)
    {
        foreach ((RunTarget target, AttemptEnd end) in lost.Where(pair => !pair.Target.Ended))
        {
            await PassOnAsync(target, new RunRecord(target.Address, RecordKind.End, default, end with { EndedMs = NowMs() }));
        }
    }

    private async Task<FleetSnapshot?> TryReadFleetAsync()
    {
        try
        {
            return await _session.Store.ReadFleetAsync(_abandon.Token);
        }
        catch (SlicePoolException exception) when (exception.ErrorId == "StoreUnreachable")
        {
            return null;
        }
    }

    private long NowMs() => _session.Clock.GetUtcNow().ToUnixTimeMilliseconds();

    private bool CancelOverdue()
    {
        long at = Interlocked.Read(ref _cancelledAt);
        return at >= 0 && _session.Clock.GetElapsedTime(at) > s_cancelLimit;
    }
}
