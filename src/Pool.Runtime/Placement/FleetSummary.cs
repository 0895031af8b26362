using Eformer.Pool.Store;

namespace Eformer.Pool.Placement;

/// <summary>Says in one sentence what a fleet's hosts are doing.</summary>
public static class FleetSummary
{
    /// <summary>Describes the hosts: how many there are, are free, are held by whom, are not heard from.</summary>
    public static string Describe(FleetSnapshot fleet, int hostsPerSlice)
    {
        if (fleet.Hosts.Count == 0)
        {
            return "No host is registered in this fleet.";
        }

        List<string> parts = [$"{fleet.Hosts.Count(PlacementPlanner.IsFree)} free"];
        parts.AddRange(HeldByPool(fleet));
        AddCount(parts, fleet.Hosts.Count(host => host.Alive && host.State == HostState.Reclaiming), "being cleared");
        AddCount(parts, fleet.Hosts.Count(host => !host.Alive), "not heard from");
        string nodes = Plural(fleet.Hosts.Where(PlacementPlanner.IsFree).Select(host => host.Registration.Node).Distinct().Count(), "node");
        return $"Of {Plural(fleet.Hosts.Count, "host")}: {string.Join(", ", parts)}; "
            + $"the free ones are on {nodes}, and a slice needs {Plural(hostsPerSlice, "host")} on different nodes.";
    }

    private static string Plural(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";

    private static void AddCount(List<string> parts, int count, string what)
    {
        if (count > 0)
        {
            parts.Add($"{count} {what}");
        }
    }

    private static IEnumerable<string> HeldByPool(FleetSnapshot fleet)
    {
        Dictionary<string, LeaseGrant> leases = fleet.Leases.ToDictionary(lease => lease.LeaseId, lease => lease.Grant);
        return fleet.Hosts
            .Where(host => host.Alive && host.State is HostState.Granted or HostState.Held or HostState.Lost)
            .GroupBy(host => leases.TryGetValue(host.LeaseId, out LeaseGrant? grant) ? $"pool '{grant.Pool}' of {grant.Owner}" : "a lapsed lease")
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => $"{group.Count()} held by {group.Key}");
    }
}
