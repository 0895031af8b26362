using Eformer.Pool.Pools;
using Eformer.Pool.Time;

namespace Eformer.Pool.Runs.Driving;

/// <summary>Hosts that wait until their slices can take them: each by itself and beside the collector, which is rung when a wait is over.</summary>
/// <remarks>So while one slice is replaced the others' hosts start, what is written arrives, and a stop is heard.</remarks>
internal sealed class SliceWaits<TKey>(Ring ring)
    where TKey : notnull
{
    private readonly Dictionary<TKey, (IReadOnlyList<RunTarget> Targets, Task<IReadOnlyList<HeldSlice>> Slices)> _waits = [];

    /// <summary>Whether any hosts wait.</summary>
    public bool Any => _waits.Count > 0;

    /// <summary>Waits that are over: what came of them, or why they failed, is in the task.</summary>
    public IReadOnlyList<(TKey Key, IReadOnlyList<RunTarget> Targets, Task<IReadOnlyList<HeldSlice>> Slices)> Over => _waits.Count == 0
        ? []
        : [.. _waits.Where(wait => wait.Value.Slices.IsCompleted).Select(wait => (wait.Key, wait.Value.Targets, wait.Value.Slices))];

    public bool Contains(TKey key) => _waits.ContainsKey(key);

    /// <summary>Begins a wait.</summary>
    /// <param name="key">What it is for.</param>
    /// <param name="targets">The hosts that wait.</param>
    /// <param name="wait">Waits, and gives the slices of the pool.</param>
    public void Begin(TKey key, IReadOnlyList<RunTarget> targets, Func<Task<IReadOnlyList<HeldSlice>>> wait)
    {
        Task<IReadOnlyList<HeldSlice>> slices = WaitAsync(wait);
        _waits[key] = (targets, slices);
        _ = RingAfterAsync(slices);
    }

    /// <summary>Takes a wait out.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Remove(TKey key) => _waits.Remove(key);

    public void Clear() => _waits.Clear();

    // What fails at once has failed as one that fails later.
    private static async Task<IReadOnlyList<HeldSlice>> WaitAsync(Func<Task<IReadOnlyList<HeldSlice>>> wait) => await wait();

    // Not before it is over: who is rung looks at once, and then only after a second.
    private async Task RingAfterAsync(Task slices)
    {
        await slices.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ring.Sound();
    }
}
