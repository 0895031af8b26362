namespace Eformer.Pool.Runs.Collecting;

/// <summary>The wish to stop a run: when it was made, and whether its hosts were told. Thread-safe.</summary>
internal sealed class StopWish(TimeProvider clock, RunCanceller canceller)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(9);
    private long _madeAt = -1;
    private volatile bool _sent;

    /// <summary>Whether somebody wants the run stopped.</summary>
    public bool IsMade => Interlocked.Read(ref _madeAt) >= 0;

    /// <summary>Whether its hosts were told.</summary>
    public bool IsSent => _sent;

    /// <summary>Whether hosts that were to stop have had the time for it.</summary>
    public bool IsOverdue => Interlocked.Read(ref _madeAt) is >= 0 and long at && clock.GetElapsedTime(at) > s_limit;

    /// <summary>Makes the wish; the first one counts.</summary>
    public void Make() => Interlocked.CompareExchange(ref _madeAt, clock.GetTimestamp(), -1);

    /// <summary>Tells the hosts.</summary>
    /// <exception cref="SlicePoolException">The store's errors; then it may be sent again.</exception>
    public async Task SendAsync(CancellationToken cancellationToken)
    {
        await canceller.CancelAsync(cancellationToken);
        _sent = true;
    }

    /// <summary>Tells the hosts, unless the store is away.</summary>
    public async Task<bool> TrySendAsync(CancellationToken cancellationToken)
    {
        try
        {
            await SendAsync(cancellationToken);
            return true;
        }
        catch (SlicePoolException exception) when (exception.ErrorId == "StoreUnreachable")
        {
            return false;
        }
    }
}
