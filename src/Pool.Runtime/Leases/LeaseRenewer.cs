using Eformer.Pool.Pools;
using Eformer.Pool.Store;
using Eformer.Pool.Time;

namespace Eformer.Pool.Leases;

/// <summary>Renews a pool's leases as long as it lives, asks those back that the store lost, and says when one is gone for good.</summary>
internal sealed class LeaseRenewer : IAsyncDisposable
{
    private static readonly TimeSpan s_reassertPause = TimeSpan.FromSeconds(1);
    private readonly PoolSession _session;
    private readonly LeaseTimings _timings;
    private readonly TimeSpan _keepFor;
    private readonly PoolRoster _roster;
    private readonly Action<HeldSlice> _onLost;
    private readonly Action<HeldSlice> _onReasserted;
    private readonly Ring _soon;
    private readonly CancellationTokenSource _end = new();
    private readonly CancellationToken _ending;
    private readonly Task _loop;
    private int _ended;

    public LeaseRenewer(
        PoolSession session, LeaseTimings timings, TimeSpan keepFor, PoolRoster roster, Action<HeldSlice> onLost, Action<HeldSlice> onReasserted)
    {
        _session = session;
        _timings = timings;
        _keepFor = keepFor;
        _roster = roster;
        _onLost = onLost;
        _onReasserted = onReasserted;
        _soon = new Ring(session.Clock);
        _ending = _end.Token;
        _loop = Task.Run(LoopAsync);
    }

    /// <summary>Why the last renewal failed; null after one that worked.</summary>
    public SlicePoolException? LastFailure { get; private set; }

    /// <summary>Stops renewing. Doing it twice does no harm.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _ended, 1) == 0)
        {
            await _end.CancelAsync();
            await _loop;
            _end.Dispose();
        }
    }

    /// <summary>The request that renews these slices, and says whether their driver stays.</summary>
    public RenewRequest Request(IReadOnlyList<HeldSlice> slices, bool attended) =>
        new(
            _session.Name, _session.OwnerId, _session.Owner, (int)_timings.Ttl.TotalMilliseconds,
            [.. slices.Select(slice => slice.Token.LeaseId)])
        {
            Attended = attended,
            Keep = KeepSigner.Sign(_session, _keepFor, _roster.Expected),
        };

    /// <summary>Renews slices now, also such that the pool does not have yet. What cannot be renewed is as sure afterwards as it was before.</summary>
    /// <remarks>Nothing is renewed after the end: that would make the pool again where it was removed.</remarks>
    public async Task RenewAsync(IReadOnlyList<HeldSlice> slices)
    {
        long sentAt = _session.Clock.GetTimestamp();
        RenewReply? reply = await AskAsync(token => _session.Store.RenewAsync(Request(slices, attended: true), token));
        if (reply is null)
        {
            return;
        }

        HashSet<string> renewed = [.. reply.Renewed];
        foreach (HeldSlice slice in slices)
        {
            RenewalResult result = renewed.Contains(slice.Token.LeaseId) ? RenewalResult.Renewed : RenewalResult.Refused;
            HolderCommands commands = slice.Take(new HolderEvent.RenewalAnswered(result, sentAt), _session.Clock);
            Obey(slice, commands);
            if (commands.HasFlag(HolderCommands.Reassert))
            {
                await ReassertAsync(slice);
            }
        }
    }

    private async Task LoopAsync()
    {
        while (await TickAsync())
        {
            await RenewAsync([.. _roster.Slices.Where(slice => !slice.IsLost)]);
            foreach (HeldSlice slice in _roster.Slices)
            {
                Obey(slice, slice.Take(new HolderEvent.Tick(), _session.Clock));
            }
        }
    }

    // Jitter only downward: a later renewal would eat into the deadlines.
    private async Task<bool> TickAsync()
    {
        TimeSpan wait = _timings.RenewEvery * (1 - (0.1 * Random.Shared.NextDouble()));
        try
        {
            await _soon.WaitAsync(wait, _ending);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task ReassertAsync(HeldSlice slice)
    {
        long sentAt = _session.Clock.GetTimestamp();
        ReassertRequest request = new(slice.Token.LeaseId, slice.Token.Epoch, slice.Token.Generation, slice.Grant);
        ReassertReply? reply = await AskAsync(token => _session.Store.ReassertAsync(request, token));
        ReassertStatus status = reply?.Status ?? ReassertStatus.Waiting;
        Obey(slice, slice.Take(new HolderEvent.ReassertAnswered(status, sentAt), _session.Clock));
        if (status == ReassertStatus.Confirmed)
        {
            _onReasserted(slice);
        }
        else if (!slice.IsLost)
        {
            // Its hosts have not been heard since the store lost data; they will be with their next heartbeat.
            _ = SoundLaterAsync();
        }
    }

    private async Task SoundLaterAsync()
    {
        await Task.Delay(s_reassertPause, _session.Clock, CancellationToken.None);
        _soon.Sound();
    }

    // Null when the result is unknown; what is unknown never extends a lease, and the next tick tries again.
    private async Task<T?> AskAsync<T>(Func<CancellationToken, Task<T>> ask) where T : class
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(_ending);
        limit.CancelAfter(_timings.RenewTimeout);
        try
        {
            T reply = await ask(limit.Token);
            LastFailure = null;
            return reply;
        }
        catch (SlicePoolException exception)
        {
            LastFailure = exception;
        }
        catch (OperationCanceledException)
        {
            LastFailure = new SlicePoolException(
                "StoreUnreachable", PoolErrorCategory.ConnectionError, $"The store at {_session.Store.Endpoint} did not answer a renewal in time.");
        }

        return null;
    }

    private void Obey(HeldSlice slice, HolderCommands commands)
    {
        // A slice that was released meanwhile is no longer ours to lose.
        if (commands.HasFlag(HolderCommands.TellLost) && _roster.Slices.Contains(slice))
        {
            _onLost(slice);
        }
    }
}
