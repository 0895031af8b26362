using Eformer.Pool.Store;

namespace Eformer.Pool.Placement;

/// <summary>What a slot had before its slice was lost.</summary>
internal static class FormerSlots
{
    /// <summary>The physical slice it had: all of its hosts were in the slot, and no others were; null when it had none.</summary>
    public static PhysicalSlice? PhysicalSlice(FleetView view, SlotRequest slot)
    {
        HostRecord[] known = [.. slot.FormerHosts.Select(view.Find).OfType<HostRecord>()];
        if (known.Length == 0 || !view.ByName.TryGetValue(known[0].Registration.Slice, out PhysicalSlice? slice))
        {
            return null;
        }

        bool onlyIts = known.All(host => host.Registration.Slice == slice.Name);
        return onlyIts && slice.Hosts.All(host => slot.FormerHosts.Contains(host.Registration.Host)) ? slice : null;
    }

    /// <summary>The hosts it can have back: free ones, lying as the strategy allows.</summary>
    /// <param name="slot">The slot.</param>
    /// <param name="free">Free hosts by key.</param>
    /// <param name="shape">What the slice is to be like.</param>
    public static IReadOnlyList<HostRecord> Seats(SlotRequest slot, IReadOnlyDictionary<string, HostRecord> free, SliceShape shape)
    {
        IEnumerable<HostRecord> hosts = slot.FormerHosts
            .Take(shape.Size)
            .Distinct(StringComparer.Ordinal)
            .Select(key => free.GetValueOrDefault(key))
            .OfType<HostRecord>();
        return shape.Strategy switch
        {
            PlacementStrategy.StrictSpread => [.. hosts.DistinctBy(host => host.Registration.Node, StringComparer.Ordinal)],
            PlacementStrategy.StrictPack => OnOneNode([.. hosts], free, shape.Size),
            _ => [.. hosts],
        };
    }

    // Of the nodes with room for all of the slice, the one that had most of it.
    private static IReadOnlyList<HostRecord> OnOneNode(HostRecord[] hosts, IReadOnlyDictionary<string, HostRecord> free, int size) =>
        [.. hosts
            .GroupBy(host => host.Registration.Node, StringComparer.Ordinal)
            .Where(node => free.Values.Count(host => host.Registration.Node == node.Key) >= size)
            .OrderByDescending(node => node.Count())
            .ThenBy(node => node.Key, StringComparer.Ordinal)
            .FirstOrDefault() ?? Enumerable.Empty<HostRecord>()];
}
