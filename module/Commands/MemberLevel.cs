namespace Eformer.Pool.Module.Commands;

/// <summary>What a member of a pool is.</summary>
public enum MemberLevel
{
    /// <summary>A slice.</summary>
    Slice,

    /// <summary>A host of a slice.</summary>
    Host,
}
