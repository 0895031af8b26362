using System.Threading.Channels;
using Eformer.Pool.Envelopes;
using Eformer.Pool.Pools;
using Eformer.Pool.Store;
using Eformer.Pool.Time;

namespace Eformer.Pool.Runs;

/// <summary>Collects the records of one run until every host has its one end, and has further attempts made where they are asked for.</summary>
internal sealed partial class RunCollector : RunHandle
{
    private static readonly TimeSpan s_poll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_cancelLimit = TimeSpan.FromSeconds(9);

    private readonly PoolSession _session;
    private readonly RunLog _log;
    private readonly RunCanceller _canceller;
    private readonly SilentHosts _silent;
    private readonly RunJudge _judge;
    private readonly RunAttempts _attempts;
    private readonly RunDispatcher? _dispatcher;
    private readonly Func<RunRequest, CancellationToken, Task<IReadOnlyList<HeldSlice>>>? _whole;
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
    private readonly List<(RunTarget Target, AttemptEnd End)> _final = [];
    private long _passedOn;
    private bool _judged;
    private volatile bool _over;

    /// <summary>Collects for the driver that sends the run, or, without a dispatcher, for somebody who only looks on.</summary>
    public RunCollector(
        PoolSession session,
        string runId,
        string driverId,
        RunTarget[] targets,
        DateTimeOffset queued,
        RunAttempts attempts,
        RunDispatcher? dispatcher,
        Func<RunRequest, CancellationToken, Task<IReadOnlyList<HeldSlice>>>? whole,
        Action<RunCollector> onReleased)
    {
        _session = session;
        _ring = new Ring(session.Clock);
        _canceller = new RunCanceller(session, runId, targets);
        _silent = new SilentHosts(session, runId);
        _judge = new RunJudge(session, runId, driverId);
        _attempts = attempts;
        _dispatcher = dispatcher;
        _whole = whole;
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

    /// <summary>Whether the results stay in the store.</summary>
    public bool IsKept { get; init; }

    /// <summary>Whether its driver may make further attempts.</summary>
    public bool Retries { get; init; }

    /// <summary>Whether hosts that have succeeded are in those attempts, too.</summary>
    public bool RetriesTogether { get; init; }

    /// <summary>Completes when every host has its end; never fails.</summary>
    public Task Ended => _loop;

    // What a thread with a queue of its own starts, such as a window's, must not come back to it.
    public void Start() => _loop = SynchronizationContext.Current is null ? CollectAsync() : Task.Run(CollectAsync);

    public void Notify(LogNotice notice)
    {
        _log.Notice(notice);
        _ring.Sound();
    }

    /// <summary>Looks again, because a lease was lost.</summary>
    public void Wake() => _ring.Sound();

    /// <summary>Whether an attempt on a host of a slice has not ended yet.</summary>
    public bool IsActiveOn(HeldSlice slice) => !_over && Array.Exists(_targets, target => target.Slice == slice && target.IsActive);

    /// <summary>Whether it goes on, and only on some slices: where its other hosts were, which have ended, does not count.</summary>
    public bool IsWithin(IReadOnlyList<HeldSlice> slices)
    {
        RunTarget[] open = Array.FindAll(_targets, target => !target.Ended);
        return open.Length > 0 && Array.TrueForAll(open, target => slices.Contains(target.Slice!));
    }

    private async Task CollectAsync()
    {
        long lookedAt = _session.Clock.GetTimestamp();
        bool first = true;
        try
        {
            while (Array.Exists(_targets, target => !target.Ended))
            {
                // Whoever attaches reads at once what is there.
                bool rung = !(first && IsAttached) && await _ring.WaitAsync(s_poll, _abandon.Token);
                first = false;
                await DrainAsync(readLog: !rung);
                await AdvanceAsync();
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
        finally
        {
            await _giveUp.CancelAsync();
        }
    }

    private async Task DrainAsync(bool readLog)
    {
        await foreach ((ResultItem item, ReadOnlyMemory<byte> data) in _log.DrainAsync(readLog, _abandon.Token))
        {
            if (_byKey.TryGetValue(item.Host, out RunTarget? target) && target is { Ended: false, IsFinal: false })
            {
                await TakeAsync(target, item, data);
            }

            // On the way, not only at the end: while hosts write faster than this reads there is no end.
            if (_log.Next - _passedOn >= TrimEvery)
            {
                _passedOn = _log.Next;
                await PassOnFinalAsync();
            }

            await TrimAsync();
        }

        await PassOnFinalAsync();
    }

    private async Task TakeAsync(RunTarget target, ResultItem item, ReadOnlyMemory<byte> data)
    {
        if (!await FollowAsync(target, item.Attempt))
        {
            return;
        }

        target.Heard = true;
        if (item.End is { } end)
        {
            await TakeEndAsync(target, end);
        }
        else if (target.Join(data, item.Partial) is { } whole)
        {
            await _records.Writer.WriteAsync(new RunRecord(target.Address, item.Kind, whole, null), _abandon.Token);
        }
    }

    // Together: that they are the last is told to the store with all places of the run, and of a large run that is megabytes.
    private async Task PassOnFinalAsync()
    {
        if (_final.Count == 0)
        {
            return;
        }

        (RunTarget Target, AttemptEnd End)[] ends = [.. _final];
        _final.Clear();
        // First: whoever has read an end and asks for the run again gets that end, and no other attempt.
        if (Retries && !IsGuest)
        {
            await SettleAsync(ends);
        }

        foreach ((RunTarget target, AttemptEnd end) in ends)
        {
            target.Ended = true;
            await _records.Writer.WriteAsync(new RunRecord(target.Address, RecordKind.End, default, end), _abandon.Token);
        }
    }

    // What its only reader has read need not be kept: a long run's output must not gather in the store.
    private async Task TrimAsync()
    {
        if (IsKept || IsAttached || _log.Next - _trimmed < TrimEvery)
        {
            return;
        }

        try
        {
            await _session.Store.TrimLogAsync(RunId, _log.Next, _abandon.Token);
            _trimmed = _log.Next;
        }
        catch (SlicePoolException exception) when (exception.ErrorId == "StoreUnreachable")
        {
            // Forgotten at the next occasion; until then it is only kept longer than needed.
        }
    }

    private long NowMs() => _session.Clock.GetUtcNow().ToUnixTimeMilliseconds();
}
