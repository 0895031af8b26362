using System.Globalization;
using Eformer.Pool.Store;

namespace Eformer.Pool.Placement;

/// <summary>Says that a fleet has nothing of the kind that is wanted, and what it has instead.</summary>
internal static class NothingSuitable
{
    private const int Examples = 5;

    /// <summary>One sentence; null when there is something of the kind, free or not.</summary>
    public static string? Describe(FleetView view) =>
        view.Fleet.Hosts.Count == 0 ? "No host is registered in this fleet."
        : view.Shape.TpuType is TpuType type ? OfType(view, type)
        : view.Matching.Count == 0 ? $"None of {Words.Count(view.Fleet.Hosts.Count, "host")} matches {view.Shape.Selector}: {Labels(view, view.Fleet.Hosts)}."
        : null;

    private static string? OfType(FleetView view, TpuType type)
    {
        PhysicalSlice[] slices = [.. view.Physical.Where(slice => slice.Types.Contains(type))];
        if (slices.Length == 0)
        {
            string[] types = [.. view.Physical.SelectMany(slice => slice.Types).Distinct().OrderBy(Rank).Select(other => other.Name)];
            return types.Length == 0
                ? $"No slice of {type} is in this fleet: it has {Words.Count(view.Fleet.Hosts.Count, "host")} and no TPU slice."
                : $"No slice of {type} is in this fleet: there {(types.Length == 1 ? "is" : "are")} {Some(types)}.";
        }

        return Array.Exists(slices, view.Matches)
            ? null
            : $"No slice of {type} matches {view.Shape.Selector}: {Labels(view, [.. slices.SelectMany(slice => slice.Hosts)])}.";
    }

    private static string Labels(FleetView view, IReadOnlyList<HostRecord> hosts) =>
        string.Join("; ", view.Shape.Selector.Labels.Select(label => Values(label, hosts)));

    private static string Values(string label, IReadOnlyList<HostRecord> hosts)
    {
        string[] values = [.. hosts
            .Select(host => HostSelector.ValueOf(host.Registration.Labels, label))
            .OfType<string>()
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Order(StringComparer.Ordinal)];
        return values.Length == 0 ? $"no host has a label '{label}'" : $"'{label}' is {Some(values)}";
    }

    private static int Rank(TpuType type) => TpuType.All.Index().First(entry => entry.Item == type).Index;

    private static string Some(string[] names)
    {
        string shown = string.Join(", ", names.Take(Examples));
        return names.Length <= Examples ? shown : string.Create(CultureInfo.InvariantCulture, $"{shown} and {names.Length - Examples} more");
    }
}
