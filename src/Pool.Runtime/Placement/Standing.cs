namespace Eformer.Pool.Placement;

/// <summary>How a host or a physical slice stands to a request; in the order in which people are told.</summary>
internal enum Standing
{
    /// <summary>A host that can be had.</summary>
    Free,

    /// <summary>A physical slice that can be had.</summary>
    Intact,

    /// <summary>A host that nothing holds, but only with its TPU slice, which will not do.</summary>
    Bound,

    /// <summary>A physical slice with several hosts on one node, when each is to be on its own.</summary>
    Crowded,

    /// <summary>A physical slice on several nodes, when it is to be on one.</summary>
    Scattered,

    /// <summary>Being cleared after a lease.</summary>
    Draining,

    /// <summary>Leased.</summary>
    Held,

    /// <summary>Its runners do not start.</summary>
    Failing,

    /// <summary>Kept free of placements.</summary>
    Suspended,

    /// <summary>About to be taken away.</summary>
    Preempting,

    /// <summary>A physical slice of which a host is missing or not heard from, or that contradicts its type.</summary>
    Broken,

    /// <summary>A host that is not heard from.</summary>
    Silent,
}
