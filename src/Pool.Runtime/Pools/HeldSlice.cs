using Eformer.Pool.Envelopes;
using Eformer.Pool.Leases;
using Eformer.Pool.Store;

namespace Eformer.Pool.Pools;

/// <summary>A slice this process holds. Immutable but for the state of its lease. Thread-safe.</summary>
internal sealed class HeldSlice(LeaseToken token, LeaseGrant grant, IReadOnlyList<HostRecord> hosts, LeaseProof proof)
{
    private readonly Lock _gate = new();
    private volatile LeaseHolder _lease = new(token, proof);

    public LeaseToken Token => _lease.Token;

    public LeaseGrant Grant { get; } = grant;

    /// <summary>The hosts as they were when leased; position is host id.</summary>
    public IReadOnlyList<HostRecord> Hosts { get; } = hosts;

    public int Slot => Grant.Slot;

    public LeaseTimings Timings { get; } = proof.Timings;

    /// <summary>Whether the store said that the lease is gone for good, or its time ran out.</summary>
    public bool IsLost => _lease.Status == HolderStatus.Lost;

    /// <summary>Whether it is lost or was given back.</summary>
    public bool IsGone => !_lease.IsHeld;

    /// <summary>Takes in what happened to the lease.</summary>
    /// <returns>What is to be done.</returns>
    public HolderCommands Take(HolderEvent what, TimeProvider clock) => Take(what, clock.GetTimestamp(), clock);

    /// <summary>Whether its lease has not been proved for as long as it takes to the next renewal.</summary>
    public bool IsRenewalDue(TimeProvider clock) => clock.GetElapsedTime(_lease.Proof.ProvedAt) >= Timings.RenewEvery;

    public LeasePhase Phase(TimeProvider clock) => _lease.PhaseAt(clock.GetTimestamp(), clock);

    public HostAddress AddressOf(int hostId, string runId = "") =>
        new(Grant.SliceName, Slot, hostId, Hosts[hostId].Registration.Node, runId);

    private HolderCommands Take(HolderEvent what, long now, TimeProvider clock)
    {
        lock (_gate)
        {
            (_lease, HolderCommands commands) = _lease.Step(what, now, clock);
            return commands;
        }
    }
}
