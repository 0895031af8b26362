using Eformer.Pool.Pools;
using Eformer.Pool.Store;

namespace Eformer.Pool.Leases;

/// <summary>Renews a pool's leases as long as it lives, and says when one is lost.</summary>
internal sealed class LeaseRenewer : IAsyncDisposable
{
    private readonly PoolSession _session;
    private readonly LeaseTimings _timings;
    private readonly Func<IReadOnlyList<HeldSlice>> _slices;
    private readonly Action<HeldSlice> _onLost;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _loop;

    public LeaseRenewer(PoolSession session, LeaseTimings timings, Func<IReadOnlyList<HeldSlice>> slices, Action<HeldSlice> onLost)
    {
        _session = session;
        _timings = timings;
        _slices = slices;
        _onLost = onLost;
        _loop = Task.Run(LoopAsync);
    }

    /// <summary>Why the last renewal failed; null after one that worked.</summary>
    public SlicePoolException? LastFailure { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _loop;
        _end.Dispose();
    }

    private async Task LoopAsync()
    {
        while (await TickAsync())
        {
            HeldSlice[] slices = [.. _slices().Where(slice => !slice.IsLost)];
            await RenewAsync(slices);
            foreach (HeldSlice slice in slices.Where(slice => slice.Phase(_session.Clock) == LeasePhase.Lapsed))
            {
                Lose(slice);
            }
        }
    }

    // Jitter only downward: a later renewal would eat into the deadlines.
    private async Task<bool> TickAsync()
    {
        TimeSpan wait = _timings.RenewEvery * (1 - (0.1 * Random.Shared.NextDouble()));
        try
        {
            await Task.Delay(wait, _session.Clock, _end.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task RenewAsync(HeldSlice[] slices)
    {
        long sentAt = _session.Clock.GetTimestamp();
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
        limit.CancelAfter(_timings.RenewTimeout);
        try
        {
            string[] leases = [.. slices.Select(slice => slice.Token.LeaseId)];
            RenewReply reply = await _session.Store.RenewAsync(
                new RenewRequest(_session.Name, _session.OwnerId, _session.Owner, (int)_timings.Ttl.TotalMilliseconds, leases),
                limit.Token);
            LastFailure = null;
            Apply(slices, reply, sentAt);
        }
        catch (SlicePoolException exception)
        {
            // The result is unknown, and what is unknown never extends a lease; the next tick tries again.
            LastFailure = exception;
        }
        catch (OperationCanceledException)
        {
            LastFailure = new SlicePoolException(
                "StoreUnreachable", PoolErrorCategory.ConnectionError, $"The store at {_session.Store.Endpoint} did not answer a renewal in time.");
        }
    }

    private void Apply(HeldSlice[] slices, RenewReply reply, long sentAt)
    {
        HashSet<string> renewed = [.. reply.Renewed];
        foreach (HeldSlice slice in slices)
        {
            if (renewed.Contains(slice.Token.LeaseId))
            {
                slice.Renewed(sentAt);
            }
            else
            {
                Lose(slice);
            }
        }
    }

    private void Lose(HeldSlice slice)
    {
        // A slice that was released meanwhile is no longer ours to lose.
        if (!slice.IsLost && _slices().Contains(slice))
        {
            slice.Lose();
            _onLost(slice);
        }
    }
}
