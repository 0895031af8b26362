using Eformer.Pool.Store;
using Eformer.Pool.Topology;

namespace Eformer.Pool.Placement;

/// <summary>The order of hosts in a slice, which gives them their ids.</summary>
internal static class HostOrder
{
    /// <summary>By physical slice and worker index, else by node; the key decides between equals.</summary>
    public static HostRecord[] Sort(IEnumerable<HostRecord> hosts)
    {
        HostRecord[] sorted = [.. hosts];
        Array.Sort(sorted, Compare);
        return sorted;
    }

    /// <summary>By key alone.</summary>
    public static HostRecord[] SortByKey(IEnumerable<HostRecord> hosts)
    {
        HostRecord[] sorted = [.. hosts];
        Array.Sort(sorted, static (one, other) => string.CompareOrdinal(one.Registration.Host, other.Registration.Host));
        return sorted;
    }

    /// <summary>The gang with hosts that were in it before where they were, and the others in order in the gaps.</summary>
    /// <param name="gang">The hosts.</param>
    /// <param name="formerHosts">Keys of the hosts there were, by host id.</param>
    public static HostRecord[] Seat(IReadOnlyCollection<HostRecord> gang, IReadOnlyList<string> formerHosts)
    {
        if (formerHosts.Count == 0)
        {
            return Sort(gang);
        }

        Dictionary<string, HostRecord> byKey = gang.ToDictionary(host => host.Registration.Host, StringComparer.Ordinal);
        HostRecord?[] seats = new HostRecord?[gang.Count];
        for (int id = 0; id < Math.Min(seats.Length, formerHosts.Count); id++)
        {
            byKey.Remove(formerHosts[id], out seats[id]);
        }

        Queue<HostRecord> others = new(Sort(byKey.Values));
        return [.. seats.Select(seat => seat ?? others.Dequeue())];
    }

    private static int Compare(HostRecord one, HostRecord other)
    {
        HostRegistration a = one.Registration;
        HostRegistration b = other.Registration;
        int order = string.CompareOrdinal(a.Slice, b.Slice);
        order = order != 0 ? order : a.WorkerIndex.CompareTo(b.WorkerIndex);
        order = order != 0 ? order : string.CompareOrdinal(a.Node, b.Node);
        return order != 0 ? order : string.CompareOrdinal(a.Host, b.Host);
    }
}
