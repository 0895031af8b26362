namespace Eformer.Pool.Placement;

/// <summary>What keeps a host from being placed; of several reasons the one that lasts longest, so the higher value.</summary>
internal enum HostUse
{
    /// <summary>Nothing: it is free.</summary>
    Free,

    /// <summary>A lease ended, and it has not said yet that nothing of it runs.</summary>
    Draining,

    /// <summary>It is leased.</summary>
    Held,

    /// <summary>Its runners do not start.</summary>
    Failing,

    /// <summary>Somebody keeps placements off it.</summary>
    Suspended,

    /// <summary>The provider is about to take it away.</summary>
    Preempting,

    /// <summary>Its agent is not heard.</summary>
    Silent,
}
