using System.Threading.Channels;
using Eformer.Pool.Pools;
using Eformer.Pool.Runs.Collecting;
using Eformer.Pool.Store;

namespace Eformer.Pool.Runs;

/// <summary>Collects the records of one run until every host has its one end, for its driver or for somebody who looks on.</summary>
internal sealed class RunCollector : RunHandle
{
    private readonly CollectedRun _run;
    private readonly IRunRole _role;
    private readonly RunLog _log;
    private readonly CollectorLoop _loop;
    private readonly bool _isKept;
    private readonly Action<RunCollector> _onReleased;
    private int _released;

    /// <summary>Collects a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="role">What it is collected for.</param>
    /// <param name="judge">Writes the ends of hosts that can never tell themselves.</param>
    /// <param name="queued">When the run was first sent.</param>
    /// <param name="isKept">Whether its results stay in the store.</param>
    /// <param name="onReleased">Called when it is let go of.</param>
    public RunCollector(CollectedRun run, IRunRole role, RunJudge judge, DateTimeOffset queued, bool isKept, Action<RunCollector> onReleased)
    {
        _run = run;
        _role = role;
        _isKept = isKept;
        _onReleased = onReleased;
        _log = new RunLog(run.Session, run.RunId);
        _loop = new CollectorLoop(run, _log, role, judge, isKept);
        Queued = queued;
        Hosts = [.. run.Targets.Select(target => target.Address)];
    }

    public override string RunId => _run.RunId;

    public override IReadOnlyList<HostAddress> Hosts { get; }

    public override DateTimeOffset Queued { get; }

    public override ChannelReader<RunRecord> Records => _run.Records.Reader;

    /// <summary>Completes when every host has its end; never fails.</summary>
    public Task Ended { get; private set; } = Task.CompletedTask;

    // What a thread with a queue of its own starts, such as a window's, must not come back to it.
    public void Start() => Ended = SynchronizationContext.Current is null ? _loop.CollectAsync() : Task.Run(_loop.CollectAsync);

    public void Notify(LogNotice notice)
    {
        _log.Notice(notice);
        _run.Ring.Sound();
    }

    /// <summary>Looks again, because a lease was lost.</summary>
    public void Wake() => _run.Ring.Sound();

    /// <summary>Whether an attempt on a host of a slice has not ended yet.</summary>
    public bool IsActiveOn(HeldSlice slice) => !_run.IsOver && Array.Exists(_run.Targets, target => target.Slice == slice && target.IsActive);

    /// <summary>Whether it goes on, and only on some slices: where its other hosts were, which have ended, does not count.</summary>
    public bool IsWithin(IReadOnlyList<HeldSlice> slices)
    {
        RunTarget[] open = Array.FindAll(_run.Targets, target => !target.Ended);
        return open.Length > 0 && Array.TrueForAll(open, target => slices.Contains(target.Slice!));
    }

    public override async Task CancelAsync(CancellationToken cancellationToken)
    {
        _run.Stop.Make();
        if (!_run.IsOver && !_run.Stop.IsSent)
        {
            await _run.Stop.SendAsync(cancellationToken);
            _run.Ring.Sound();
        }
    }

    /// <summary>Lets go of a run that may or may not have reached the store.</summary>
    public async Task CancelUnsentAsync()
    {
        _run.IsOver = true;
        _run.Records.Complete();
        // Where the store is away the caller reports that; without it nothing can start either, and the command expires.
        await _run.Stop.TrySendAsync(CancellationToken.None);
        await DisposeAsync();
    }

    /// <summary>Stops listening; the run goes on. Hosts that have not ended get an end that says so.</summary>
    public async Task DetachAsync()
    {
        if (Interlocked.Exchange(ref _released, 1) == 0)
        {
            await _run.AbandonAsync(goesOn: true);
            await Ended;
            _onReleased(this);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        if (!_role.IsDriver)
        {
            await DetachAsync();
        }
        else if (Interlocked.Exchange(ref _released, 1) == 0)
        {
            await ReceiveAsync();
        }
    }

    private async Task ReceiveAsync()
    {
        try
        {
            await StopAsync();
            if (!_isKept)
            {
                await _run.Session.Receipts.AddAsync(RunId);
            }
        }
        catch (Exception exception) when (exception is ObjectDisposedException or SlicePoolException { ErrorId: "StoreUnreachable" })
        {
            // The pool was removed, or the store is away: there is nobody to tell, and the run's keys have a time to live.
        }
        finally
        {
            _onReleased(this);
            _run.Dispose();
        }
    }

    private async Task StopAsync()
    {
        try
        {
            await CancelAsync(CancellationToken.None);
            await _run.Records.DropUntilAsync(Ended);
        }
        finally
        {
            await _run.AbandonAsync(goesOn: false);
            await Ended;
        }
    }
}
