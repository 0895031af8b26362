using Eformer.Pool.Store;

namespace Eformer.Pool.Placement;

/// <summary>Decides which hosts become which slices. Pure and deterministic: same fleet, same plan.</summary>
/// <remarks>
/// A slice is placed whole or not at all, on hosts that are free and match the selector, none of them twice. Hosts of a TPU slice are
/// only ever placed as that whole slice. As many slices are placed as there can be; of the plans with so many, one that gives lost
/// slices their hosts back, takes whole physical slices and leaves the others unbroken is preferred.
/// </remarks>
public static class PlacementPlanner
{
    /// <summary>Plans slices for the slots of a request.</summary>
    /// <param name="fleet">The fleet as it is.</param>
    /// <param name="request">What is wanted.</param>
    public static PlacementPlan Plan(FleetSnapshot fleet, PlacementRequest request)
    {
        ArgumentNullException.ThrowIfNull(fleet);
        ArgumentNullException.ThrowIfNull(request);
        FleetView view = new(fleet, request.Shape);
        IReadOnlyList<SlicePlacement> slices = Place(view, request);
        int missing = request.Slots.Count - slices.Count;
        return new PlacementPlan(slices, missing == 0 ? "" : new Shortage(view, request, now: null).Sentence(request.Slots.Count));
    }

    /// <summary>The best plan there is: all slots, or as many as can be.</summary>
    internal static IReadOnlyList<SlicePlacement> Place(FleetView view, PlacementRequest request)
    {
        IReadOnlyList<SlicePlacement> best = [];
        foreach (PlacementRules rules in PlacementRules.BestFirst)
        {
            IReadOnlyList<SlicePlacement> placed = PlacementAttempt.Make(view, request, rules);
            best = placed.Count > best.Count ? placed : best;

            // TPU slices leave no choice but which of them.
            if (best.Count == request.Slots.Count || view.Shape.TpuType is not null)
            {
                break;
            }
        }

        return best;
    }
}
