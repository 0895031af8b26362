namespace Eformer.Pool.Envelopes;

/// <summary>Where one host of a run is: its place in the pool, the machine that fills it, and the lease under which it was told.</summary>
/// <param name="SliceName">Name of the slice.</param>
/// <param name="Slot">Slot of the slice in its pool.</param>
/// <param name="HostId">Index of the host in its slice.</param>
/// <param name="Host">Key of the host in the fleet.</param>
/// <param name="Node">Identity of the machine.</param>
/// <param name="AgentId">The host's agent.</param>
/// <param name="Incarnation">That agent's incarnation when it was told.</param>
/// <param name="Lease">The lease.</param>
/// <param name="Attempt">Number of the attempt it was told to make; 0 while it was told nothing.</param>
public sealed record RunPlace(
    string SliceName, int Slot, int HostId, string Host, string Node, string AgentId, string Incarnation, LeaseToken Lease, int Attempt)
{
    /// <summary>Whether its last attempt was the last of all, where others could have followed.</summary>
    public bool Settled { get; init; }

    /// <summary>How many of its attempts were made because one before had failed.</summary>
    public int FailureRetries { get; init; }

    /// <summary>How many of its attempts were made because one before was preempted or lost.</summary>
    public int PreemptionRetries { get; init; }
}
