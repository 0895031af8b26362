namespace Eformer.Pool.Leases;

/// <summary>Whether a driver has a slice.</summary>
internal enum HolderStatus
{
    /// <summary>It has, as far as its proof reaches.</summary>
    Held,

    /// <summary>The store does not know the lease, but the proof still reaches: the driver asks for it back.</summary>
    Reasserting,

    /// <summary>It was lost.</summary>
    Lost,

    /// <summary>It was given back.</summary>
    Released,
}
