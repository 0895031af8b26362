using Eformer.Pool.Placement;
using Eformer.Pool.Pools;
using Eformer.Pool.Scaling;
using Eformer.Pool.Store;
using Eformer.Pool.Time;
using Eformer.Pool.Topology;

namespace Eformer.Pool;

/// <content>Looking without touching.</content>
public sealed partial class SlicePoolManager
{
    // What a pool without a name is called while nobody has made it.
    private const string NamelessPool = "pool";

    /// <summary>What a new pool in a store would get now. Only reads: no name is claimed, no key needed, nothing leased.</summary>
    /// <param name="options">What the pool is to be; its store must be given.</param>
    /// <param name="sizes">The valid sizes: different, 1 to 1,000,000.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <exception cref="SlicePoolException">
    /// <c>InvalidName</c>, <c>InvalidSize</c>, <c>InvalidLease</c>, <c>InvalidKeep</c>, <c>PoolInUse</c>, and the store's errors.
    /// </exception>
    public static async Task<ScalePreview> PreviewAsync(
        SlicePoolOptions options, IReadOnlyList<int> sizes, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        IReadOnlyList<int> valid = SizeList.Check(sizes);
        options.Check();
        string name = options.Name is null ? NamelessPool : PoolName.Check(options.Name, "pool");
        StoreOptions address = options.Store ?? throw new ArgumentException("A pool of its own has no fleet to look at.", nameof(options));
        await using IPoolStore store = await StoreLoader.OpenAsync(address, cancellationToken);
        FleetSnapshot fleet = await store.ReadFleetAsync(cancellationToken);
        if (options.Name is not null && fleet.Pools.FirstOrDefault(pool => pool.Name == name && pool.RemainingMs > 0) is { } taken)
        {
            throw PoolClaim.InUse(name, taken.Owner);
        }

        return Plan(fleet, new PlacementRequest { Pool = name, OwnerId = "", Shape = options.Shape(), Slots = [] }, valid);
    }

    /// <summary>The fleet of this pool, through the pool's own connection: of use even where the store is known to nobody else.</summary>
    /// <returns>A view that ends with the pool; disposing of it does nothing.</returns>
    /// <exception cref="SlicePoolException"><c>PoolRemoved</c>.</exception>
    public SliceFleet GetFleet()
    {
        ThrowIfRemoved();
        return SliceFleet.Borrow(_session.Store);
    }

    private static ScalePreview Plan(FleetSnapshot fleet, PlacementRequest template, IReadOnlyList<int> sizes)
    {
        IReadOnlyList<SizeExplanation> explanations = SizeLadder.Explain(fleet, template, [], sizes, BootClock.Instance.GetLocalNow());
        int size = explanations.Where(explanation => explanation.Feasible).Select(explanation => explanation.Size).DefaultIfEmpty(0).Max();
        PlacementRequest wanted = template with { Slots = [.. Enumerable.Range(0, size).Select(slot => new SlotRequest(slot, []))] };
        return new ScalePreview(size, size > 0, PlacementPlanner.Plan(fleet, wanted).Slices, [], explanations);
    }
}
