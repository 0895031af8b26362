using Eformer.Pool.Store;

namespace Eformer.Pool.Placement;

/// <summary>Explains, size by size, what a pool could have now.</summary>
public static class SizeLadder
{
    /// <summary>Explains sizes. A size is feasible exactly when <see cref="PlacementPlanner"/> can fill all slots it lacks.</summary>
    /// <param name="fleet">The fleet as it is.</param>
    /// <param name="template">What the pool wants; its slots are ignored.</param>
    /// <param name="heldSlots">Slots of the pool that have a slice. A size of n has the slots 0 to n-1 and lacks those it does not hold.</param>
    /// <param name="sizes">The sizes, in slices.</param>
    /// <param name="now">The time, in the zone in which people are told when leases end.</param>
    /// <returns>One explanation for each size, largest first.</returns>
    public static IReadOnlyList<SizeExplanation> Explain(
        FleetSnapshot fleet, PlacementRequest template, IReadOnlyList<int> heldSlots, IReadOnlyList<int> sizes, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(fleet);
        ArgumentNullException.ThrowIfNull(template);
        ArgumentNullException.ThrowIfNull(heldSlots);
        ArgumentNullException.ThrowIfNull(sizes);
        int[] held = [.. heldSlots.Distinct()];
        int[] wanted = [.. sizes.Distinct().OrderDescending()];
        if (wanted.Length == 0)
        {
            return [];
        }

        FleetView view = new(fleet, template.Shape);
        int possible = Possible(view, template, Lacking(wanted[0], held));
        Shortage shortage = new(view, template, now);
        return [.. wanted.Select(size => Explain(size, Lacking(size, held), possible, held.Length > 0, shortage))];
    }

    /// <summary>The explanations in one line, largest size first: <c>8: no (…); 4: yes</c>.</summary>
    public static string Describe(IReadOnlyList<SizeExplanation> explanations)
    {
        ArgumentNullException.ThrowIfNull(explanations);
        return string.Join("; ", explanations.OrderByDescending(explanation => explanation.Size));
    }

    private static SizeExplanation Explain(int size, int lacking, int possible, bool grows, Shortage shortage) =>
        lacking <= possible
            ? new SizeExplanation(size, Feasible: true, "") { Possible = size }
            : new SizeExplanation(size, Feasible: false, shortage.Fragment(lacking, possible, grows)) { Possible = size - lacking + possible };

    // A plan for many slots has as many slices as there can be, so one plan answers for all sizes.
    private static int Possible(FleetView view, PlacementRequest template, int lacking)
    {
        int most = Math.Min(lacking, view.Fleet.Hosts.Count / view.Shape.Size);
        SlotRequest[] slots = [.. Enumerable.Range(0, most).Select(slot => new SlotRequest(slot, []))];
        return PlacementPlanner.Place(view, template with { Slots = slots }).Count;
    }

    private static int Lacking(int size, int[] heldSlots) => Math.Max(0, size - heldSlots.Count(slot => slot < size));
}
