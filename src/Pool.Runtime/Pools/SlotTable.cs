using System.Collections.Immutable;

namespace Eformer.Pool.Pools;

/// <summary>Things in numbered slots. Reading is always safe; whoever writes must be alone in doing so.</summary>
internal sealed class SlotTable<T>
{
    private volatile ImmutableSortedDictionary<int, T> _slots = ImmutableSortedDictionary<int, T>.Empty;

    public int Count => _slots.Count;

    /// <summary>What is in the slots, lowest slot first.</summary>
    public IReadOnlyList<T> Items => [.. _slots.Values];

    /// <summary>All slots with what is in them, lowest first.</summary>
    public IReadOnlyList<KeyValuePair<int, T>> Entries => [.. _slots];

    /// <summary>Those that are too many for a count: the ones in the highest slots.</summary>
    public IReadOnlyList<KeyValuePair<int, T>> Beyond(int count) => [.. _slots.Skip(count)];

    /// <summary>The lowest free slots that are needed to have a count of things.</summary>
    public IReadOnlyList<int> FreeFor(int count)
    {
        ImmutableSortedDictionary<int, T> slots = _slots;
        return [.. Enumerable.Range(0, int.MaxValue).Where(slot => !slots.ContainsKey(slot)).Take(Math.Max(0, count - slots.Count))];
    }

    public void Put(IEnumerable<KeyValuePair<int, T>> entries) => _slots = _slots.SetItems(entries);

    public void Remove(IEnumerable<int> slots) => _slots = _slots.RemoveRange(slots);
}
