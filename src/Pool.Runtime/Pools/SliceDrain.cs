using Eformer.Pool.Runs;

namespace Eformer.Pool.Pools;

/// <summary>Drains slices: no new work, a cooperative stop, then the release, whose agents end by force what is left, and attest.</summary>
internal sealed class SliceDrain(PoolSession session, PoolRoster roster, DriverMailbox mailbox, SliceReleaser releaser, PoolJournal journal)
{
    // What Ctrl+C promises: a reachable host has stopped by then.
    private static readonly TimeSpan s_stopLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_shortest = TimeSpan.FromSeconds(1);

    /// <summary>Drains the slices of some slots; all when null. Returns when every host is idle.</summary>
    /// <exception cref="SlicePoolException"><c>HostsNotIdle</c>, naming those that are not in time; <c>InvalidSelection</c>.</exception>
    public async Task DrainAsync(DrainOptions options, CancellationToken cancellationToken)
    {
        long start = session.Clock.GetTimestamp();
        HeldSlice[] slices = Chosen(options.Slots);
        int[] slots = [.. options.Slots ?? roster.Expected.Union(slices.Select(slice => slice.Slot))];
        if (slots.Length == 0)
        {
            return;
        }

        roster.Drain(slots);
        journal.Note(PoolEventKind.DrainStarted, $"{slices.Length} slice(s), {(options.Force ? "by force" : "cooperatively")}");
        try
        {
            await StopRunsAsync(slices, options.Force ? TimeSpan.Zero : s_stopLimit);
            TimeSpan left = options.Timeout - session.Clock.GetElapsedTime(start);
            IReadOnlyList<string> silent =
                await releaser.ReleaseAsync(slices, "the pool is drained", cancellationToken, left > s_shortest ? left : s_shortest);
            ThrowIfSilent(silent);
            journal.Note(PoolEventKind.DrainEnded, "every host is idle");
        }
        catch (SlicePoolException exception)
        {
            journal.Note(PoolEventKind.DrainEnded, exception.Message);
            throw;
        }
        finally
        {
            roster.EndDrain(slots);
        }
    }

    /// <summary>Asks the runs on these slices to stop, and waits for their ends, but not for long.</summary>
    /// <remarks>A run that also goes on elsewhere is not cancelled: its hosts here end with the lease.</remarks>
    public async Task StopRunsAsync(IReadOnlyList<HeldSlice> slices, TimeSpan limit)
    {
        // The latest first: one that waits for another to end must know before that one ends, or it would begin.
        RunCollector[] runs = [.. mailbox.Runs.Where(run => run.IsWithin(slices)).OrderByDescending(run => run.Queued)];
        try
        {
            foreach (RunCollector run in runs)
            {
                await run.CancelAsync(CancellationToken.None);
            }

            await Task.WhenAny(Task.WhenAll(runs.Select(run => run.Ended)), Task.Delay(limit, session.Clock, CancellationToken.None));
        }
        catch (SlicePoolException exception) when (exception.ErrorId == "StoreUnreachable")
        {
            // A run that cannot be told to stop ends with its lease, which is given back next.
            Array.ForEach(runs, run => run.Wake());
        }
    }

    private static void ThrowIfSilent(IReadOnlyList<string> silent)
    {
        if (silent.Count > 0)
        {
            throw new SlicePoolException(
                "HostsNotIdle",
                PoolErrorCategory.ResourceUnavailable,
                $"{silent.Count} host(s) are not heard, so nobody can say that they are idle: {string.Join(", ", silent.Take(8))}.",
                "They are not the pool's any more. They become free when their agents are heard again and attest that nothing of the lease runs.",
                silent);
        }
    }

    private HeldSlice[] Chosen(IReadOnlyList<int>? slots)
    {
        if (slots is null)
        {
            return [.. roster.Slices];
        }

        HeldSlice[] chosen = [.. roster.Slices.Where(slice => slots.Contains(slice.Slot))];
        int unknown = slots.FirstOrDefault(slot => !Array.Exists(chosen, slice => slice.Slot == slot), -1);
        return slots.All(slot => Array.Exists(chosen, slice => slice.Slot == slot)) ? chosen : throw RunSelection.NoSlice(unknown, roster.Slices);
    }
}
