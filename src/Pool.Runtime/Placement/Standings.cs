using System.Globalization;
using Eformer.Pool.Store;

namespace Eformer.Pool.Placement;

/// <summary>Finds how hosts and slices stand to a shape, and counts them in words.</summary>
internal static class Standings
{
    /// <summary>How a physical slice of the wanted type stands.</summary>
    public static Standing Of(PhysicalSlice slice, PlacementStrategy strategy) =>
        !slice.IsIntact || slice.Use == HostUse.Silent ? Standing.Broken
        : slice.Use != HostUse.Free ? Of(slice.Use)
        : slice.LiesAs(strategy) ? Standing.Intact
        : strategy == PlacementStrategy.StrictPack ? Standing.Scattered
        : Standing.Crowded;

    /// <summary>How a host that matches the selector stands.</summary>
    public static Standing Of(HostRecord host, FleetView view)
    {
        Standing standing = Of(HostUses.Of(host));
        bool alone = standing == Standing.Free && view.IsBound(host) && !view.Usable.Contains(view.ByName[host.Registration.Slice]);
        return alone ? Standing.Bound : standing;
    }

    /// <summary>Counts: <c>5 intact, 1 draining, 2 held by pool 'night'</c>.</summary>
    /// <param name="things">Each thing's standing, and by whom it is held when it is.</param>
    public static string Count(IEnumerable<(Standing Standing, string Holder)> things) => string.Join(", ", things
        .GroupBy(thing => thing)
        .OrderBy(group => group.Key.Standing)
        .ThenBy(group => group.Key.Holder, StringComparer.Ordinal)
        .Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Count()} {Text(group.Key.Standing, group.Key.Holder)}")));

    private static Standing Of(HostUse use) => use switch
    {
        HostUse.Free => Standing.Free,
        HostUse.Draining => Standing.Draining,
        HostUse.Held => Standing.Held,
        HostUse.Failing => Standing.Failing,
        HostUse.Suspended => Standing.Suspended,
        HostUse.Preempting => Standing.Preempting,
        _ => Standing.Silent,
    };

    private static string Text(Standing standing, string holder) => standing switch
    {
        Standing.Free => "free",
        Standing.Intact => "intact",
        Standing.Bound => "of TPU slices that do not fit",
        Standing.Crowded => "with several hosts on a node",
        Standing.Scattered => "on several nodes",
        Standing.Draining => "draining",
        Standing.Held => $"held by {holder}",
        Standing.Failing => "whose runners do not start",
        Standing.Suspended => "suspended",
        Standing.Preempting => "about to be preempted",
        Standing.Broken => "broken",
        _ => "not heard from",
    };
}
