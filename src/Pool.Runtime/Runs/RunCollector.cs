using System.Threading.Channels;
using Eformer.Pool.Envelopes;
using Eformer.Pool.Pools;
using Eformer.Pool.Store;
using Eformer.Pool.Time;

namespace Eformer.Pool.Runs;

/// <summary>Collects the records of one run until every host has its one end.</summary>
internal sealed class RunCollector : RunHandle
{
    private static readonly TimeSpan s_poll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_cancelLimit = TimeSpan.FromSeconds(9);

    private readonly PoolSession _session;
    private readonly RunLog _log;
    private readonly RunCanceller _canceller;
    private readonly SilentHosts _silent;
    private readonly Action<RunCollector> _onReleased;
    private readonly RunTarget[] _targets;
    private readonly Dictionary<string, RunTarget> _byKey;
    private readonly Ring _ring;
    private readonly CancellationTokenSource _abandon = new();
    private readonly Channel<RunRecord> _records = Channel.CreateBounded<RunRecord>(new BoundedChannelOptions(1024) { SingleReader = true, SingleWriter = true });
    private Task _loop = Task.CompletedTask;
    private long _cancelledAt = -1;
    private volatile bool _cancelSent;
    private int _released;
    private volatile bool _detached;
    private bool _judged;
    private volatile bool _over;

    public RunCollector(PoolSession session, string runId, RunTarget[] targets, RunCanceller canceller, DateTimeOffset queued, Action<RunCollector> onReleased)
    {
        _session = session;
        _ring = new Ring(session.Clock);
        _canceller = canceller;
        _silent = new SilentHosts(session, runId);
        _onReleased = onReleased;
        _targets = targets;
        _byKey = targets.ToDictionary(target => target.Key, StringComparer.Ordinal);
        _log = new RunLog(session, runId);
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
        _log.Notice(notice);
        _ring.Sound();
    }

    /// <summary>Completes when every host has its end; never fails.</summary>
    public Task Ended => _loop;

    /// <summary>Looks again, because a lease was lost.</summary>
    public void Wake() => _ring.Sound();

    /// <summary>Whether a host of a slice has not ended yet.</summary>
    public bool IsActiveOn(HeldSlice slice) => !_over && Array.Exists(_targets, target => target.Slice == slice && !target.Ended);

    /// <summary>Whether all its hosts are of some slices.</summary>
    public bool IsWithin(IReadOnlyList<HeldSlice> slices) => Array.TrueForAll(_targets, target => slices.Contains(target.Slice));

    /// <summary>Stops listening; the run goes on. Hosts that have not ended get an end that says so.</summary>
    public async Task DetachAsync()
    {
        if (Interlocked.Exchange(ref _released, 1) == 0)
        {
            _detached = true;
            await _abandon.CancelAsync();
            await _loop;
            _onReleased(this);
        }
    }

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
        Interlocked.CompareExchange(ref _cancelledAt, _session.Clock.GetTimestamp(), -1);
        if (!_over && !_cancelSent)
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

            _records.Writer.TryComplete();
            await StopWhatIsLostAsync();
            _over = true;
        }
        catch (OperationCanceledException) when (_detached)
        {
            EndDetached();
        }
        catch (Exception exception)
        {
            _over = true;
            _records.Writer.TryComplete(exception);
        }
    }

    private void EndDetached()
    {
        AttemptEnd end = LossRules.Lost(RunOutcome.Unknown, "the driver let go of the pool; the run goes on") with { EndedMs = NowMs() };
        foreach (RunTarget target in _targets.Where(target => !target.Ended))
        {
            _records.Writer.TryWrite(new RunRecord(target.Address, RecordKind.End, default, end));
        }

        _over = true;
        _records.Writer.TryComplete();
    }

    private async Task DrainAsync(bool readLog)
    {
        await foreach ((ResultItem item, ReadOnlyMemory<byte> data) in _log.DrainAsync(readLog, _abandon.Token))
        {
            if (_byKey.TryGetValue(item.Host, out RunTarget? target) && !target.Ended && target.Join(data, item.Partial) is { } whole)
            {
                await PassOnAsync(target, new RunRecord(target.Address, item.Kind, whole, item.End));
            }
        }
    }

    private async Task PassOnAsync(RunTarget target, RunRecord record)
    {
        target.Heard = true;
        target.Ended = record.Kind == RecordKind.End;
        await _records.Writer.WriteAsync(record, _abandon.Token);
    }

    private async Task LookForLossAsync()
    {
        FleetSnapshot? fleet = await TryReadFleetAsync();
        List<(RunTarget Target, AttemptEnd End)> lost = [];
        lost.AddRange(Judge(target => LossOf(target, fleet)));
        lost.AddRange(await _silent.LookAsync(_targets, _log.Refused, _abandon.Token));
        lost.AddRange(Judge(_ => CancelOverdue() ? LossRules.Lost(RunOutcome.Unknown, "the host did not confirm the stop in time") : null));
        if (lost.Count > 0)
        {
            // An end the host itself published just before it was lost is the better evidence; where the store is away there is none.
            await DrainAsync(readLog: fleet is not null);
            await PassOnLossesAsync(lost);
        }

        await CancelAgainAsync();
    }

    private IEnumerable<(RunTarget Target, AttemptEnd End)> Judge(Func<RunTarget, AttemptEnd?> judge) =>
        _targets.Where(target => !target.Ended).Select(target => (target, judge(target))).Where(pair => pair.Item2 is not null)!;

    private AttemptEnd? LossOf(RunTarget target, FleetSnapshot? fleet) =>
        target.Slice.IsLost ? LossRules.Lost(RunOutcome.LeaseLost, "the pool's lease was lost")
        : (fleet is null ? null : LossRules.Judge(target, fleet))
        ?? (_log.IsGone ? LossRules.Lost(RunOutcome.Unknown, "the store has lost the run") : null);

    private async Task PassOnLossesAsync(List<(RunTarget Target, AttemptEnd End)> lost)
    {
        foreach ((RunTarget target, AttemptEnd end) in lost.Where(pair => !pair.Target.Ended))
        {
            _judged = true;
            await PassOnAsync(target, new RunRecord(target.Address, RecordKind.End, default, end with { EndedMs = NowMs() }));
        }
    }

    // The wish to stop may have met a store that was away. And where nobody can tell any more how it ends, nothing may go on.
    private async Task CancelAgainAsync()
    {
        if (_cancelSent || (Interlocked.Read(ref _cancelledAt) < 0 && !_log.IsGone))
        {
            return;
        }

        try
        {
            await CancelAsync(_abandon.Token);
        }
        catch (SlicePoolException exception) when (exception.ErrorId == "StoreUnreachable")
        {
            // Again at the next look; when that never works, the leases end what runs.
        }
    }

    // A host that was judged lost may run on: its agent may only have been silent, and nobody will hear what comes of it.
    private async Task StopWhatIsLostAsync()
    {
        if (!_judged || _cancelSent)
        {
            return;
        }

        try
        {
            await CancelAsync(_abandon.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or SlicePoolException)
        {
            // Then its lease ends it, or the agent does when it cannot publish.
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
