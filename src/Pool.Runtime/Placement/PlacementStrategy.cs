namespace Eformer.Pool;

/// <summary>How the hosts of one slice lie on nodes. The names and meanings are those of Ray's placement groups.</summary>
public enum PlacementStrategy
{
    /// <summary>Every host on a node of its own, or no slice.</summary>
    StrictSpread,

    /// <summary>On as many nodes as there are; several hosts on one node where there are too few.</summary>
    Spread,

    /// <summary>On as few nodes as can be.</summary>
    Pack,

    /// <summary>All hosts on one node, or no slice.</summary>
    StrictPack,
}
