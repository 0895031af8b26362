namespace Eformer.Pool.Pools;

/// <summary>The slices a pool has, in slot order, and how many it means to have. Thread-safe; readers see one moment.</summary>
internal sealed class PoolRoster
{
    private readonly Lock _gate = new();
    private volatile IReadOnlyList<HeldSlice> _slices = [];
    private volatile TaskCompletionSource _changed = NewChange();

    /// <summary>The slices, in slot order.</summary>
    public IReadOnlyList<HeldSlice> Slices => _slices;

    /// <summary>The slots that are to have a slice; one of them that has none is being replaced.</summary>
    public IReadOnlySet<int> Expected { get; private set; } = new HashSet<int>();

    /// <summary>Expected slots without a slice.</summary>
    public IReadOnlyList<int> Missing => [.. Expected.Except(_slices.Select(slice => slice.Slot)).Order()];

    /// <summary>The slices that belong to the pool as it is meant to be: those that are being given back do not.</summary>
    public IReadOnlyList<HeldSlice> Members => [.. _slices.Where(slice => Expected.Contains(slice.Slot))];

    /// <summary>Slots that are being drained: they take no new work.</summary>
    public IReadOnlySet<int> Draining { get; private set; } = new HashSet<int>();

    /// <summary>Completes at the next change.</summary>
    public Task Changed => _changed.Task;

    public void Add(IEnumerable<HeldSlice> slices) => Update(() => _slices = [.. _slices.Concat(slices).OrderBy(slice => slice.Slot)]);

    public void Remove(IEnumerable<HeldSlice> slices) => Update(() => _slices = [.. _slices.Except(slices)]);

    public void Aim(int size) => Update(() => Expected = Enumerable.Range(0, size).ToHashSet());

    public void Expect(IReadOnlyList<int> slots) => Update(() => Expected = slots.ToHashSet());

    public void Drain(IEnumerable<int> slots) => Update(() =>
    {
        Draining = Draining.Union(slots).ToHashSet();
        Expected = Expected.Except(slots).ToHashSet();
    });

    public void EndDrain(IEnumerable<int> slots) => Update(() => Draining = Draining.Except(slots).ToHashSet());

    /// <summary>Tells whoever waits for a change to look again.</summary>
    public void Touch() => Update(() => { });

    private void Update(Action change)
    {
        TaskCompletionSource before;
        lock (_gate)
        {
            change();
            before = _changed;
            _changed = NewChange();
        }

        before.SetResult();
    }

    private static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
