namespace Eformer.Pool.Leases;

/// <summary>How sure a holder is, now, that its lease is alive. Pure: time comes in as a timestamp.</summary>
/// <param name="Timings">The lease's deadlines.</param>
/// <param name="ProvedAt">
/// Timestamp of the last proof. For a driver when the renewal that succeeded was <em>sent</em>; for an agent when it asked
/// and saw the renewal counter changed.
/// </param>
public readonly record struct LeaseProof(LeaseTimings Timings, long ProvedAt)
{
    /// <summary>The proof with a newer one taken in; an older one never takes time back.</summary>
    public LeaseProof Renewed(long provedAt) => this with { ProvedAt = Math.Max(ProvedAt, provedAt) };

    /// <summary>What may be done under the lease now.</summary>
    public LeasePhase PhaseAt(long timestamp, TimeProvider clock)
    {
        TimeSpan age = clock.GetElapsedTime(ProvedAt, timestamp);
        return age >= Timings.Ttl ? LeasePhase.Lapsed
            : age >= Timings.FenceAfter ? LeasePhase.Fence
            : age >= Timings.StopAfter ? LeasePhase.Stop
            : LeasePhase.Work;
    }
}
