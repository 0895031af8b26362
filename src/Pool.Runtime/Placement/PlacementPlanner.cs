using Eformer.Pool.Store;

namespace Eformer.Pool.Placement;

/// <summary>Decides which hosts become which slices. Pure and deterministic: same fleet, same plan.</summary>
public static class PlacementPlanner
{
    /// <summary>Plans slices for some slots, each on hosts of different nodes.</summary>
    /// <param name="fleet">The fleet as it is.</param>
    /// <param name="pool">Name of the pool; logical slices are named after it.</param>
    /// <param name="slots">Slots to fill, lowest first.</param>
    /// <param name="hostsPerSlice">Hosts in each slice.</param>
    public static PlacementPlan Plan(FleetSnapshot fleet, string pool, IReadOnlyList<int> slots, int hostsPerSlice)
    {
        List<HostRecord> free = [.. fleet.Hosts.Where(IsFree).OrderBy(host => host.Registration.Host, StringComparer.Ordinal)];
        List<SlicePlacement> placed = [];
        foreach (int slot in slots)
        {
            SlicePlacement? next = TakePhysical(fleet, free, slot, hostsPerSlice) ?? TakeLogical(fleet, free, pool, slot, hostsPerSlice);
            if (next is null)
            {
                return new PlacementPlan(placed, FleetSummary.Describe(fleet, hostsPerSlice));
            }

            placed.Add(next);
            free.RemoveAll(host => next.Hosts.Contains(host));
        }

        return new PlacementPlan(placed, "");
    }

    internal static bool IsFree(HostRecord host) => host.Alive && host.State == HostState.Idle;

    // Hosts that report one slice name belong together: a whole free one of the right size is used as it is.
    private static SlicePlacement? TakePhysical(FleetSnapshot fleet, List<HostRecord> free, int slot, int hostsPerSlice)
    {
        ILookup<string, HostRecord> members = fleet.Hosts.ToLookup(host => host.Registration.Slice, StringComparer.Ordinal);
        IGrouping<string, HostRecord>? slice = free
            .Where(host => host.Registration.Slice.Length > 0)
            .GroupBy(host => host.Registration.Slice, StringComparer.Ordinal)
            .Where(group => group.Count() == hostsPerSlice && members[group.Key].Count() == hostsPerSlice)
            .Where(group => group.Select(host => host.Registration.Node).Distinct(StringComparer.Ordinal).Count() == hostsPerSlice)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .FirstOrDefault();
        return slice is null ? null : new SlicePlacement(slot, slice.Key, Ordered(slice));
    }

    // The fullest nodes first: taking one host of each of them leaves the most gangs possible.
    private static SlicePlacement? TakeLogical(FleetSnapshot fleet, List<HostRecord> free, string pool, int slot, int hostsPerSlice)
    {
        HostRecord[] gang = [.. free
            .GroupBy(host => host.Registration.Node, StringComparer.Ordinal)
            .OrderByDescending(node => node.Count())
            .ThenBy(node => node.Key, StringComparer.Ordinal)
            .Take(hostsPerSlice)
            .Select(node => node.First())];
        return gang.Length < hostsPerSlice ? null : new SlicePlacement(slot, LogicalName(fleet, pool, slot), Ordered(gang));
    }

    // Results are told apart by the name of their slice, so a logical one must not be called what a physical one is.
    private static string LogicalName(FleetSnapshot fleet, string pool, int slot)
    {
        string name = $"{pool}-{slot}";
        while (fleet.Hosts.Any(host => host.Registration.Slice == name))
        {
            name += "-logical";
        }

        return name;
    }

    private static HostRecord[] Ordered(IEnumerable<HostRecord> hosts) =>
        [.. hosts
            .OrderBy(host => host.Registration.Slice, StringComparer.Ordinal)
            .ThenBy(host => host.Registration.WorkerIndex)
            .ThenBy(host => host.Registration.Node, StringComparer.Ordinal)
            .ThenBy(host => host.Registration.Host, StringComparer.Ordinal)];
}
