namespace Eformer.Pool.Store;

/// <summary>What became of a request for a slice.</summary>
public enum AcquireStatus
{
    /// <summary>All hosts are leased.</summary>
    Granted,

    /// <summary>A host is not free or not alive any more; nothing was leased. Plan again.</summary>
    Conflict,

    /// <summary>The pool's name belongs to another living owner; nothing was leased.</summary>
    PoolInUse,
}
