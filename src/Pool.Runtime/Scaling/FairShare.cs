using Eformer.Pool.Store;

namespace Eformer.Pool.Scaling;

/// <summary>Decides how far a pool may grow beyond what it must have while others ask for slices of the same kind. Pure.</summary>
/// <remarks>
/// Of pools that ask at the same time each gets its smallest valid size before any gets more, as far as there is enough; what a pool
/// needs that could not have it anyway is not held back for it.
/// </remarks>
internal static class FairShare
{
    /// <summary>Whether a pool may take more slices beyond its smallest size.</summary>
    /// <param name="wish">What the pool itself asks for.</param>
    /// <param name="demands">What all pools ask for, oldest first.</param>
    /// <param name="capacity">How many slices could be placed now.</param>
    /// <param name="more">How many it would take.</param>
    public static bool MayTake(DemandRecord wish, IReadOnlyList<DemandRecord> demands, int capacity, int more)
    {
        int[] needs = [.. demands.Where(demand => demand.OwnerId != wish.OwnerId && IsAlike(demand, wish)).Select(Need).Where(need => need > 0)];
        return Served(needs, capacity - more) == Served(needs, capacity);
    }

    private static int Need(DemandRecord demand) => demand.Sizes.Count == 0 ? 0 : demand.Sizes.Min() - demand.Held;

    private static bool IsAlike(DemandRecord demand, DemandRecord wish) =>
        (demand.HostsPerSlice, demand.TpuType, demand.Selector, demand.Strategy) == (wish.HostsPerSlice, wish.TpuType, wish.Selector, wish.Strategy);

    // How many of them could have what they need. The smallest first: that serves the most.
    private static int Served(int[] needs, int capacity)
    {
        int served = 0;
        foreach (int need in needs.Order())
        {
            capacity -= need;
            served += capacity >= 0 ? 1 : 0;
        }

        return served;
    }
}
