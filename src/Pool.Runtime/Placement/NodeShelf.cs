using Eformer.Pool.Store;

namespace Eformer.Pool.Placement;

/// <summary>Free hosts by node, with the nodes sorted by how many they still have. Gangs are taken off it.</summary>
/// <remarks>Taking a gang costs as many operations on a sorted set as it has nodes, whatever the size of the fleet.</remarks>
internal sealed class NodeShelf
{
    private readonly HostRecord[][] _hosts;
    private readonly int[] _left;
    private readonly Dictionary<string, int> _nodes;

    // By hosts left, negative so that the most come first, then by number, which is by name.
    private readonly SortedSet<(int MinusLeft, int Node)> _fullestFirst;

    /// <summary>Fills the shelf.</summary>
    /// <param name="hosts">Free hosts; those of one node are taken in this order.</param>
    public NodeShelf(IEnumerable<HostRecord> hosts)
    {
        IGrouping<string, HostRecord>[] nodes = [.. hosts.GroupBy(host => host.Registration.Node, StringComparer.Ordinal)];
        Array.Sort(nodes, static (one, other) => string.CompareOrdinal(one.Key, other.Key));
        _hosts = [.. nodes.Select(node => node.ToArray())];
        _left = [.. _hosts.Select(node => node.Length)];
        _nodes = nodes.Index().ToDictionary(node => node.Item.Key, node => node.Index, StringComparer.Ordinal);
        _fullestFirst = [.. _left.Select((left, node) => (-left, node))];
        Count = _left.Sum();
    }

    /// <summary>Hosts left.</summary>
    public int Count { get; private set; }

    /// <summary>Nodes that have hosts left, those with the most first, then by name.</summary>
    public IEnumerable<int> FullestFirst() => _fullestFirst.Select(entry => entry.Node);

    /// <summary>The node with the fewest hosts left of those with enough, which leaves big ones for others; -1 when there is none.</summary>
    public int TightestFit(int hosts)
    {
        // Least and greatest of a part of the set cost little; its count would cost a walk. No entry is the default: none has 0 left.
        (int tightest, _) = _fullestFirst.GetViewBetween((int.MinValue, 0), (-hosts, int.MaxValue)).Max;
        return tightest == 0 ? -1 : _fullestFirst.GetViewBetween((tightest, 0), (tightest, int.MaxValue)).Min.Node;
    }

    /// <summary>Number of a host's node; -1 when none of its hosts were ever here.</summary>
    public int NodeOf(HostRecord host) => _nodes.GetValueOrDefault(host.Registration.Node, -1);

    /// <summary>Hosts left on a node.</summary>
    public int Left(int node) => node < 0 ? 0 : _left[node];

    /// <summary>Takes hosts of a node.</summary>
    public IEnumerable<HostRecord> Take(int node, int count)
    {
        int left = _left[node];
        int start = _hosts[node].Length - left;
        _fullestFirst.Remove((-left, node));
        _left[node] = left - count;
        Count -= count;
        if (left > count)
        {
            _fullestFirst.Add((count - left, node));
        }

        return _hosts[node].AsSpan(start, count).ToArray();
    }
}
