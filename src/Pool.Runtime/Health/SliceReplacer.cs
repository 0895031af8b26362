using System.Collections.Concurrent;
using Eformer.Pool.Leases;
using Eformer.Pool.Placement;
using Eformer.Pool.Pools;
using Eformer.Pool.Store;

namespace Eformer.Pool.Health;

/// <summary>Replaces slices that are lost or will be, when capacity allows; with growing pauses where it does not.</summary>
/// <remarks>
/// A slice is not given up before a replacement could be placed: a pool that cannot be made whole keeps what it has. The hosts of it
/// that are well are taken again where that is possible, under the ids they had.
/// </remarks>
internal sealed class SliceReplacer(PoolSession session, PoolRoster roster, SliceAcquirer acquirer, SliceReleaser releaser, PoolJournal journal)
{
    private static readonly TimeSpan s_firstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<int, Attempts> _attempts = new();

    /// <summary>Why the slice of a slot cannot be replaced now; null when nothing speaks against it.</summary>
    public string? Obstacle(int slot) => _attempts.GetValueOrDefault(slot)?.Reason;

    /// <summary>Replaces the slice of a slot, or fills the slot when it has none. Tries at most once a pause.</summary>
    /// <returns>Whether the slot has a new slice.</returns>
    public async Task<bool> TryReplaceAsync(int slot, string why, FleetSnapshot fleet, CancellationToken cancellationToken)
    {
        if (_attempts.TryGetValue(slot, out Attempts? earlier) && session.Clock.GetElapsedTime(earlier.At) < Pause(earlier.Count))
        {
            return false;
        }

        HeldSlice? old = roster.Slices.FirstOrDefault(slice => slice.Slot == slot);
        string? obstacle = Plan(slot, old, fleet) is { Slices.Count: 0 } plan ? plan.Reason : null;
        (HeldSlice? taken, string? failure) = obstacle is null ? await TryTakeAsync(slot, old, cancellationToken) : (null, obstacle);
        if (taken is not null)
        {
            _attempts.TryRemove(slot, out _);
            journal.Note(PoolEventKind.SliceReplaced, why, taken.Grant.SliceName);
            return true;
        }

        Remember(slot, earlier, failure ?? "The hosts were not free in time, or other pools took them first.");
        return false;
    }

    /// <summary>Capacity has appeared: whatever could not be replaced is worth a try at once.</summary>
    public void Encourage() => _attempts.Clear();

    // With the well hosts of the old slice counted as free: they are given back first.
    private PlacementPlan Plan(int slot, HeldSlice? old, FleetSnapshot fleet)
    {
        FleetSnapshot after = old is null ? fleet : fleet with
        {
            Hosts = [.. fleet.Hosts.Select(host => host.LeaseId == old.Token.LeaseId ? host with { State = HostState.Idle, LeaseId = "" } : host)],
        };
        return PlacementPlanner.Plan(after, acquirer.RequestFor([new SlotRequest(slot, FormerHosts(slot, old))]));
    }

    // Hosts that do not accept are a reason like any other, and the other slots get their turn.
    private async Task<(HeldSlice? Taken, string? Failure)> TryTakeAsync(int slot, HeldSlice? old, CancellationToken cancellationToken)
    {
        try
        {
            return (await TakeAsync(slot, old, cancellationToken), null);
        }
        catch (SlicePoolException exception) when (exception.ErrorId == "HostsDidNotAccept")
        {
            return (null, exception.Message);
        }
    }

    private async Task<HeldSlice?> TakeAsync(int slot, HeldSlice? old, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> former = FormerHosts(slot, old);
        // All that are gone, not this one only: their hosts may be what is taken now.
        HeldSlice[] leaving = [.. roster.Slices.Where(slice => slice.IsGone || slice == old)];
        await releaser.ReleaseLostAsync(leaving, cancellationToken);
        IReadOnlyList<HeldSlice>? taken = await acquirer.TryTakeAsync([new SlotRequest(slot, former)], cancellationToken);
        if (taken is null)
        {
            return null;
        }

        roster.Add(taken);
        return taken[0];
    }

    private IReadOnlyList<string> FormerHosts(int slot, HeldSlice? old) => old?.Grant.Hosts ?? releaser.FormerHosts(slot);

    private void Remember(int slot, Attempts? earlier, string reason)
    {
        if (earlier?.Reason != reason)
        {
            journal.Note(PoolEventKind.ReplacementRefused, $"slot {slot} cannot be replaced now: {reason}");
        }

        _attempts[slot] = new Attempts((earlier?.Count ?? 0) + 1, session.Clock.GetTimestamp(), reason);
        roster.Touch();
    }

    private static TimeSpan Pause(int attempts)
    {
        double seconds = s_firstPause.TotalSeconds * Math.Pow(2, Math.Min(attempts - 1, 10));
        return TimeSpan.FromSeconds(Math.Min(seconds, s_longestPause.TotalSeconds));
    }

    private sealed record Attempts(int Count, long At, string Reason);
}
