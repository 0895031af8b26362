using Eformer.Pool.Leases;
using Eformer.Pool.Pools;

namespace Eformer.Pool;

/// <content>Draining, and letting go.</content>
public sealed partial class SlicePoolManager
{
    /// <inheritdoc/>
    public override Task DrainActorPoolAsync(CancellationToken cancellationToken = default) => DrainAsync(new DrainOptions(), cancellationToken);

    /// <summary>
    /// Drains slices: no new work, a cooperative stop, then force; returns when every host is idle. Whoever drains meanwhile joins.
    /// Drained slices are gone; the pool stays.
    /// </summary>
    /// <exception cref="SlicePoolException"><c>HostsNotIdle</c>, naming those that are not idle in time; <c>InvalidSelection</c>; the store's errors.</exception>
    public Task DrainAsync(DrainOptions options, CancellationToken cancellationToken = default) => _drains.RunAsync(options, cancellationToken);

    /// <summary>Drains the pool, forgets its name, and ends a local one's store and hosts.</summary>
    protected override async Task EndPoolAsync()
    {
        await StopScalesAsync();
        await _turn.RunAsync(() => _removed ? Task.CompletedTask : RemoveAsync(), CancellationToken.None);
    }

    /// <inheritdoc/>
    protected override Task KillActorAsync(ActorPoolMember<SliceInfo> member) =>
        DrainAsync(new DrainOptions { Slots = [.. _roster.Slices.Where(slice => slice.Token.LeaseId == member.Actor.Id).Select(slice => slice.Slot)], Force = true });

    private async Task DrainInTurnAsync(DrainOptions options)
    {
        if (options.Slots is null)
        {
            await StopScalesAsync();
        }

        await _turn.RunAsync(() => _removed ? Task.CompletedTask : _drain.DrainAsync(options, CancellationToken.None), CancellationToken.None);
    }

    // A local fleet's processes end next, whatever the store says: hosts that were given back would only get fresh runners
    // before. A shared store's leases lapse when it cannot be told.
    private async Task RemoveAsync()
    {
        IReadOnlyList<HeldSlice> slices = _roster.Slices;
        try
        {
            await _drain.StopRunsAsync(slices, s_runsLimit);
            _journal.Note(PoolEventKind.PoolRemoved, "its owner removed it");
            // Not after it: a renewal makes the pool where there is none, and its name would stay taken for a lease's life.
            await _renewer.DisposeAsync();
            if (_session.Local is null)
            {
                await _claim.GiveBackAsync(slices, forget: true, CancellationToken.None);
                await new ReleaseBarrier(_session).WaitAsync(slices, ReleaseBarrier.Limit, CancellationToken.None);
            }
        }
        finally
        {
            await ForgetAsync();
        }
    }

    private async Task ForgetAsync()
    {
        _removed = true;
        SlicePoolDirectory.Remove(_self);
        try
        {
            await _watch.DisposeAsync();
            await _renewer.DisposeAsync();
            await _journal.DisposeAsync();
            await _mailbox.DisposeAsync();
        }
        finally
        {
            _roster.Aim(0);
            _roster.Remove(_roster.Slices);
            await _session.DisposeAsync();
        }
    }
}
