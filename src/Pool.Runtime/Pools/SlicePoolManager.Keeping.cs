using Eformer.Pool.Pools;
using Eformer.Pool.Runs;

namespace Eformer.Pool;

/// <content>Pools that outlive their driver.</content>
public sealed partial class SlicePoolManager
{
    /// <summary>Takes a kept pool over whose driver is gone or has let go of it. Of several who try, one does.</summary>
    /// <param name="options">The pool's name and store; what its slices are like comes from the pool itself.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="SlicePoolException">
    /// <c>PoolNotFound</c>; <c>PoolNotKept</c>; <c>PoolInUse</c>: its driver is there, or somebody else was quicker; and the store's errors.
    /// </exception>
    public static async Task<SlicePoolManager> ConnectAsync(SlicePoolOptions options, CancellationToken cancellationToken = default)
    {
        options.Check();
        PoolSession session = await PoolSession.OpenAsync(options, cancellationToken);
        SlicePoolManager? manager = null;
        try
        {
            DriverMailbox mailbox = await DriverMailbox.OpenAsync(session, cancellationToken);
            KeptPool kept = await KeptPool.TakeOverAsync(session, cancellationToken);
            manager = new(session, new PoolClaim(session, kept.Timings, options.KeepFor), options, kept.Shape, kept.Timings, mailbox);
            manager._roster.Add(kept.Slices);
            manager._roster.Expect(kept.Slots);
            manager._journal.Note(PoolEventKind.PoolTakenOver, $"from {kept.FormerOwner}, with {kept.Slices.Count} slice(s)");

            // Ours takes the place of the former owner's wish.
            await session.Store.RenewAsync(manager._renewer.Request(kept.Slices, attended: true), cancellationToken);
            return manager;
        }
        catch
        {
            // Taken over or not, its agents keep it a while, so that another attempt may succeed.
            await (manager?.ForgetAsync() ?? session.DisposeAsync().AsTask());
            throw;
        }
    }

    /// <summary>
    /// Lets go of a kept pool without giving its slices back: its agents keep it until the end that was signed, and any driver may
    /// take it over. Runs go on; this object is of no more use.
    /// </summary>
    /// <exception cref="SlicePoolException"><c>PoolNotKept</c>: it was not opened with <see cref="SlicePoolOptions.KeepFor"/>; the store's errors.</exception>
    public Task DisconnectAsync(CancellationToken cancellationToken = default)
    {
        if (_keepFor == TimeSpan.Zero)
        {
            throw KeptPool.NotKept(Name);
        }

        return _turn.RunAsync(
            async () =>
            {
                ThrowIfRemoved();
                await StopScalesAsync();
                IReadOnlyList<HeldSlice> slices = [.. _roster.Slices.Where(slice => !slice.IsGone)];
                // First asked, so that a store that is away leaves the pool as it was; then again, because a renewal may have
                // come in between.
                await _session.Store.RenewAsync(_renewer.Request(slices, attended: false), cancellationToken);
                await _renewer.DisposeAsync();
                await TryLetGoAsync(slices);
                _journal.Note(PoolEventKind.PoolDisconnected, $"its agents keep {slices.Count} slice(s) for up to {_keepFor.TotalSeconds:0} s");
                await Task.WhenAll(_mailbox.Runs.Select(run => run.DetachAsync()));
                await ForgetAsync();
            },
            cancellationToken);
    }

    private async Task TryLetGoAsync(IReadOnlyList<HeldSlice> slices)
    {
        try
        {
            await _session.Store.RenewAsync(_renewer.Request(slices, attended: false), CancellationToken.None);
        }
        catch (SlicePoolException exception) when (exception.ErrorId == "StoreUnreachable")
        {
            // Then it counts as attended for one more life of its lease.
        }
    }
}
