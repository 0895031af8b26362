namespace Eformer.Pool.Leases;

/// <summary>Where a host is in the life of a lease.</summary>
public enum WorkerPhase
{
    /// <summary>It honours no lease, and nothing of an earlier one runs.</summary>
    Free,

    /// <summary>It honours a lease.</summary>
    Held,

    /// <summary>It honours a lease whose owner has not been heard from for long: what runs is asked to stop.</summary>
    Stopping,

    /// <summary>The lease is over; what is left of it is being cleared away.</summary>
    Ending,
}
