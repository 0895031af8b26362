namespace Eformer.Pool;

/// <summary>Whether a store meets a requirement.</summary>
public enum RequirementResult
{
    /// <summary>It does.</summary>
    Pass,

    /// <summary>It can be used, but something can go wrong that need not, or it does not tell.</summary>
    Warn,

    /// <summary>It does not, and leases are not safe on it.</summary>
    Fail,
}
