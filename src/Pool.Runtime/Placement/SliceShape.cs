using Eformer.Pool.Pools;

namespace Eformer.Pool;

/// <summary>What the slices of a pool are to be like.</summary>
public sealed record SliceShape
{
    /// <summary>Hosts in each slice; of a TPU type it is what the type says.</summary>
    /// <exception cref="SlicePoolException"><c>InvalidSize</c>.</exception>
    public required int HostsPerSlice { get; init => field = PoolSize.Check(value, "hosts per slice"); }

    /// <summary>The type of TPU slice wanted; then only whole physical slices of it will do. Null when any hosts will.</summary>
    public TpuType? TpuType { get; init; }

    /// <summary>Which hosts will do.</summary>
    public HostSelector Selector { get; init; } = HostSelector.Any;

    /// <summary>How the hosts of a slice lie on nodes.</summary>
    /// <remarks>
    /// A physical slice lies as it was built. <see cref="PlacementStrategy.StrictSpread"/> takes it when its hosts are on different
    /// nodes, <see cref="PlacementStrategy.StrictPack"/> when they are on one; the others take it as it is.
    /// </remarks>
    public PlacementStrategy Strategy { get; init; }

    /// <summary>Hosts that a slice must have: of its TPU type, or as asked.</summary>
    internal int Size => TpuType?.HostCount ?? HostsPerSlice;

    /// <summary>The shape of slices of a TPU type.</summary>
    public static SliceShape Of(TpuType tpuType)
    {
        ArgumentNullException.ThrowIfNull(tpuType);
        return new() { HostsPerSlice = tpuType.HostCount, TpuType = tpuType };
    }
}
