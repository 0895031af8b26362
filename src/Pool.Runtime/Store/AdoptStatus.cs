namespace Eformer.Pool.Store;

/// <summary>What became of a wish to take a pool over.</summary>
public enum AdoptStatus
{
    /// <summary>It belongs to the asker now.</summary>
    Adopted,

    /// <summary>There is no such pool, or it has lapsed.</summary>
    Gone,

    /// <summary>Its driver is present, or somebody else has taken it over.</summary>
    Attended,
}
