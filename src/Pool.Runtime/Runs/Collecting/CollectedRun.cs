using Eformer.Pool.Pools;
using Eformer.Pool.Store;
using Eformer.Pool.Time;

namespace Eformer.Pool.Runs.Collecting;

/// <summary>A run while it is collected: what its collector shares with the role that it is collected in.</summary>
internal sealed class CollectedRun : IDisposable
{
    private readonly Dictionary<string, RunTarget> _byKey;
    private readonly CancellationTokenSource _abandon = new();
    private volatile bool _isOver;
    private volatile bool _goesOn;

    public CollectedRun(PoolSession session, string runId, RunTarget[] targets)
    {
        Session = session;
        RunId = runId;
        Targets = targets;
        Abandoned = _abandon.Token;
        Ring = new Ring(session.Clock);
        Records = new RunRecords(Abandoned);
        Final = new FinalEnds(Records);
        Canceller = new RunCanceller(session, runId, targets);
        Stop = new StopWish(session.Clock, Canceller);
        _byKey = targets.ToDictionary(target => target.Key, StringComparer.Ordinal);
    }

    public PoolSession Session { get; }

    public string RunId { get; }

    /// <summary>Its hosts, in slot and host order.</summary>
    public RunTarget[] Targets { get; }

    /// <summary>Wakes the collector.</summary>
    public Ring Ring { get; }

    /// <summary>What its reader gets.</summary>
    public RunRecords Records { get; }

    /// <summary>Ends that are to be told next.</summary>
    public FinalEnds Final { get; }

    public RunCanceller Canceller { get; }

    /// <summary>Whether it is to stop.</summary>
    public StopWish Stop { get; }

    /// <summary>Whether somebody started it before, here or elsewhere.</summary>
    public bool IsAttached { get; private set; }

    /// <summary>Whether all has come that will.</summary>
    public bool IsOver
    {
        get => _isOver;
        set => _isOver = value;
    }

    /// <summary>Whether it goes on although it is not collected any more.</summary>
    public bool GoesOn => _goesOn;

    /// <summary>Cancelled when it is not collected any more.</summary>
    public CancellationToken Abandoned { get; }

    /// <summary>Attaches to it, some hosts of which have ended.</summary>
    public void Attach(IReadOnlyList<LogEnd> ended)
    {
        IsAttached = true;
        foreach (LogEnd end in ended)
        {
            Find(end.Host)?.Known = end;
        }
    }

    /// <summary>The host of a key; null for one that is not in the run.</summary>
    public RunTarget? Find(string key) => _byKey.GetValueOrDefault(key);

    /// <summary>Reads how it stands; null when it is gone, or the store is away.</summary>
    public Task<RunStanding?> TryReadAsync() => OrNullAsync(() => Session.Store.ReadRunAsync(RunId, Abandoned));

    /// <summary>Whether somebody has told it to stop; false when the store is away.</summary>
    public async Task<bool> IsCancelledAsync()
    {
        try
        {
            return await Session.Store.IsCancelledAsync(RunId, Abandoned);
        }
        catch (SlicePoolException exception) when (exception.ErrorId == "StoreUnreachable")
        {
            return false;
        }
    }

    /// <summary>Reads how the fleet does; null when the store is away.</summary>
    public Task<FleetSnapshot?> TryReadFleetAsync() => OrNullAsync<FleetSnapshot>(async () => await Session.Store.ReadFleetAsync(Abandoned));

    /// <summary>Collects it no more.</summary>
    /// <param name="goesOn">Whether it is left to others, and not at its end.</param>
    public Task AbandonAsync(bool goesOn)
    {
        _goesOn = goesOn;
        return _abandon.CancelAsync();
    }

    public void Dispose() => _abandon.Dispose();

    private static async Task<T?> OrNullAsync<T>(Func<Task<T?>> read)
        where T : class
    {
        try
        {
            return await read();
        }
        catch (SlicePoolException exception) when (exception.ErrorId == "StoreUnreachable")
        {
            return null;
        }
    }
}
