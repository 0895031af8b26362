using Eformer.Pool.Store;

namespace Eformer.Pool.Placement;

/// <summary>Takes the hosts of one logical slice off a shelf, as a strategy wants.</summary>
/// <param name="shelf">The free hosts.</param>
/// <param name="strategy">How they are to lie.</param>
/// <param name="size">Hosts in a slice.</param>
internal sealed class GangTaker(NodeShelf shelf, PlacementStrategy strategy, int size)
{
    /// <summary>Completes a gang, or takes nothing.</summary>
    /// <param name="seated">Hosts that it has already, not on the shelf and lying as the strategy allows.</param>
    /// <returns>All its hosts; null when it cannot be completed.</returns>
    public IReadOnlyList<HostRecord>? TryTake(IReadOnlyList<HostRecord> seated)
    {
        int missing = size - seated.Count;
        if (shelf.Count < missing)
        {
            return null;
        }

        return strategy switch
        {
            PlacementStrategy.StrictSpread => OneOfEach(seated, missing),
            PlacementStrategy.Spread => EvenlyOfEach(seated, missing),
            PlacementStrategy.Pack => OfFewest(seated, missing),
            _ => OfOne(seated, missing),
        };
    }

    // One host of each of the fullest nodes: that leaves the most gangs possible.
    private List<HostRecord>? OneOfEach(IReadOnlyList<HostRecord> seated, int missing)
    {
        HashSet<int> used = [.. seated.Select(shelf.NodeOf)];
        int[] nodes = [.. shelf.FullestFirst().Where(node => !used.Contains(node)).Take(missing)];
        return nodes.Length < missing ? null : [.. seated, .. nodes.SelectMany(node => shelf.Take(node, 1))];
    }

    // Round after round one host of every node that has no more than its share, so no node gets two while another could get one.
    private List<HostRecord> EvenlyOfEach(IReadOnlyList<HostRecord> seated, int missing)
    {
        List<HostRecord> gang = [.. seated];
        Dictionary<int, int> share = seated.CountBy(shelf.NodeOf).ToDictionary();
        for (int round = 0; gang.Count < seated.Count + missing; round++)
        {
            int wanted = seated.Count + missing - gang.Count;
            int[] nodes = [.. shelf.FullestFirst().Where(node => share.GetValueOrDefault(node) <= round).Take(wanted)];
            foreach (int node in nodes)
            {
                gang.AddRange(shelf.Take(node, 1));
                share[node] = share.GetValueOrDefault(node) + 1;
            }
        }

        return gang;
    }

    // What is left on its own nodes first, then whole nodes, the biggest first, and for the rest the smallest that has room.
    private List<HostRecord> OfFewest(IReadOnlyList<HostRecord> seated, int missing)
    {
        List<HostRecord> gang = [.. seated];
        foreach (int node in seated.Select(shelf.NodeOf).Distinct().OrderByDescending(shelf.Left))
        {
            gang.AddRange(TakeUpTo(node, size - gang.Count));
        }

        while (gang.Count < seated.Count + missing)
        {
            int node = shelf.TightestFit(size - gang.Count);
            gang.AddRange(TakeUpTo(node >= 0 ? node : shelf.FullestFirst().First(), size - gang.Count));
        }

        return gang;
    }

    private List<HostRecord>? OfOne(IReadOnlyList<HostRecord> seated, int missing)
    {
        int node = seated.Count > 0 ? shelf.NodeOf(seated[0]) : shelf.TightestFit(missing);
        return missing == 0 ? [.. seated] : shelf.Left(node) < missing ? null : [.. seated, .. shelf.Take(node, missing)];
    }

    private IEnumerable<HostRecord> TakeUpTo(int node, int count) =>
        Math.Min(count, shelf.Left(node)) is int taken and > 0 ? shelf.Take(node, taken) : [];
}
