using Eformer.Pool.Envelopes;
using Eformer.Pool.Leases;
using Eformer.Pool.Pools;
using Eformer.Pool.Store;

namespace Eformer.Pool;

/// <summary>What a pool is to be.</summary>
public sealed record SlicePoolOptions
{
    /// <summary>Name of the pool; null for one made up.</summary>
    public string? Name { get; init; }

    /// <summary>Hosts in each slice, at least 1.</summary>
    public int HostsPerSlice { get; init; } = 2;

    /// <summary>Type of TPU slice, which also tells the hosts in each; null when any hosts will do.</summary>
    public TpuType? TpuType { get; init; }

    /// <summary>Which hosts will do.</summary>
    public HostSelector Selector { get; init; } = HostSelector.Any;

    /// <summary>How the hosts of a slice lie on nodes.</summary>
    public PlacementStrategy Strategy { get; init; }

    /// <summary>
    /// How long the agents keep the pool when its driver is gone, counted from when it was last there; zero for not at all. At most 30
    /// days. Not for local pools, whose hosts end with their driver.
    /// </summary>
    public TimeSpan KeepFor { get; init; }

    /// <summary>Life of a lease without a renewal, 10 s to 1 h.</summary>
    public TimeSpan LeaseTtl { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The store to use; null for a local pool with a store of its own.</summary>
    public StoreOptions? Store { get; init; }

    /// <summary>File with the fleet's keys; null for the usual place. Not used by local pools.</summary>
    public string? KeyFile { get; init; }

    /// <summary>Folder of the worker program; null to find it beside this assembly. Local pools only.</summary>
    public string? WorkerFolder { get; init; }

    /// <summary>Folder of the pwsh whose engine local hosts borrow; null to let the worker look. Local pools only.</summary>
    public string? PowerShellHome { get; init; }

    /// <summary>Slices that a local pool is made for, at least 1.</summary>
    public int LocalSliceCount { get; init; } = 1;

    internal SliceShape Shape() => TpuType is null
        ? new SliceShape { HostsPerSlice = HostsPerSlice, Selector = Selector, Strategy = Strategy }
        : SliceShape.Of(TpuType) with { Selector = Selector, Strategy = Strategy };

    /// <summary>Checks what can be checked before anything is done.</summary>
    /// <exception cref="SlicePoolException"><c>InvalidSize</c>, <c>InvalidLease</c>, <c>InvalidKeep</c>.</exception>
    internal LeaseTimings Check()
    {
        PoolSize.Check(HostsPerSlice, "hosts per slice");
        PoolSize.Check(LocalSliceCount, "slices");
        LeaseTimings timings = LeaseTimings.Check(LeaseTtl);
        if (KeepFor < TimeSpan.Zero || KeepFor > KeepWish.Longest || (KeepFor > TimeSpan.Zero && Store is null))
        {
            throw new SlicePoolException(
                "InvalidKeep",
                PoolErrorCategory.InvalidArgument,
                Store is null ? "A local pool cannot be kept: its hosts end with this process." : $"A pool cannot be kept for {KeepFor}.",
                $"Use up to {KeepWish.Longest.TotalDays:0} days, and a pool in a store.",
                KeepFor);
        }

        return timings;
    }
}
