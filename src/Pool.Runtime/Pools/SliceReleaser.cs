using System.Collections.Concurrent;
using Eformer.Pool.Leases;

namespace Eformer.Pool.Pools;

/// <summary>Gives slices back and waits until their hosts are idle. Remembers which hosts a lost slice had, so that they keep their ids.</summary>
internal sealed class SliceReleaser(PoolSession session, PoolRoster roster, PoolClaim claim, PoolJournal journal)
{
    private static readonly TimeSpan s_lostLimit = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<int, IReadOnlyList<string>> _former = new();

    /// <summary>Keys of the hosts of the slice that was lost in a slot; empty when none was.</summary>
    public IReadOnlyList<string> FormerHosts(int slot) => _former.GetValueOrDefault(slot) ?? [];

    /// <summary>Gives slices back and waits until their hosts attest that nothing of them runs.</summary>
    /// <exception cref="SlicePoolException"><c>HostsNotIdle</c>, and the store's errors; the slices are still the pool's then.</exception>
    /// <returns>Hosts that are not heard, so that nobody can say whether they are idle.</returns>
    public async Task<IReadOnlyList<string>> ReleaseAsync(IReadOnlyList<HeldSlice> slices, string reason, CancellationToken cancellationToken, TimeSpan? limit = null)
    {
        if (slices.Count == 0)
        {
            return [];
        }

        await GiveBackAsync(slices, cancellationToken);
        IReadOnlyList<string> silent = await new ReleaseBarrier(session).WaitAsync(slices, limit ?? ReleaseBarrier.Limit, cancellationToken);

        // Not before: what is not idle yet is named again by the next call.
        roster.Remove(slices);
        foreach (HeldSlice slice in slices)
        {
            _former.TryRemove(slice.Slot, out _);
            journal.Note(PoolEventKind.SliceReleased, reason, slice.Grant.SliceName);
        }

        return silent;
    }

    /// <summary>Forgets slices that were given back before and whose hosts were not idle in time, once they are.</summary>
    public async Task ForgetIdleAsync(CancellationToken cancellationToken)
    {
        HeldSlice[] leaving = [.. roster.Slices.Where(slice => slice.IsGone && !roster.Expected.Contains(slice.Slot))];
        foreach (HeldSlice slice in leaving)
        {
            try
            {
                await new ReleaseBarrier(session).WaitAsync([slice], TimeSpan.Zero, cancellationToken);
                roster.Remove([slice]);
                journal.Note(PoolEventKind.SliceReleased, "its hosts are idle at last", slice.Grant.SliceName);
            }
            catch (SlicePoolException exception) when (exception.ErrorId == "HostsNotIdle")
            {
                // Not yet. It is looked at again; no run is sent to it.
            }
        }
    }

    /// <summary>Lets go of slices that are lost. Those of their hosts that are well are waited for, so that they can be taken again.</summary>
    public Task ReleaseLostAsync(CancellationToken cancellationToken) =>
        ReleaseLostAsync([.. roster.Slices.Where(slice => slice.IsGone)], cancellationToken);

    /// <summary>Lets go of slices that are lost or will not do any more.</summary>
    public async Task ReleaseLostAsync(IReadOnlyList<HeldSlice> slices, CancellationToken cancellationToken)
    {
        if (slices.Count == 0)
        {
            return;
        }

        await GiveBackAsync(slices, cancellationToken);
        try
        {
            await new ReleaseBarrier(session).WaitAsync(slices, s_lostLimit, cancellationToken);
        }
        catch (SlicePoolException exception) when (exception.ErrorId == "HostsNotIdle")
        {
            // They are lost to this pool whether they are idle or not; the next plan takes what is free.
            journal.Note(PoolEventKind.HostsNotIdle, exception.Message);
        }

        foreach (HeldSlice slice in slices)
        {
            _former[slice.Slot] = slice.Grant.Hosts;
        }

        roster.Remove(slices);
    }

    private async Task GiveBackAsync(IReadOnlyList<HeldSlice> slices, CancellationToken cancellationToken)
    {
        await claim.GiveBackAsync(slices, forget: false, cancellationToken);
        foreach (HeldSlice slice in slices)
        {
            slice.Take(new HolderEvent.Released(), session.Clock);
        }
    }
}
