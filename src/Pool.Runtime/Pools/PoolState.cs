namespace Eformer.Pool;

/// <summary>State of a pool.</summary>
public enum PoolState
{
    /// <summary>It holds slices.</summary>
    Active,

    /// <summary>It holds no slices.</summary>
    Empty,

    /// <summary>A lease was lost, or a host of it; what is left may still be used.</summary>
    Degraded,

    /// <summary>Slices of it are being drained.</summary>
    Draining,

    /// <summary>It was removed, or let go of by this session.</summary>
    Removed,
}
