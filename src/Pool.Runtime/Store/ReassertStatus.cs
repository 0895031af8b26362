namespace Eformer.Pool.Store;

/// <summary>What became of a reassertion.</summary>
public enum ReassertStatus
{
    /// <summary>The lease is in the store, and every host holds it.</summary>
    Confirmed,

    /// <summary>A host has not said yet what it holds since the store lost data. Ask again.</summary>
    Waiting,

    /// <summary>A host does not hold the lease any more, or holds another: the slice is lost.</summary>
    Refused,

    /// <summary>The pool's name belongs to another living owner.</summary>
    PoolInUse,
}
