namespace Eformer.Pool.Leases;

/// <summary>What may be done under a lease.</summary>
public enum LeasePhase
{
    /// <summary>Everything.</summary>
    Work,

    /// <summary>Nothing new; what runs is asked to stop.</summary>
    Stop,

    /// <summary>Nothing of it may run.</summary>
    Fence,

    /// <summary>Others may have it.</summary>
    Lapsed,
}
