using Eformer.Pool.Envelopes;
using Eformer.Pool.Leases;
using Eformer.Pool.Store;

namespace Eformer.Pool.Pools;

/// <summary>A slice this process holds. Immutable but for its proof and loss.</summary>
internal sealed class HeldSlice
{
    private long _provedAt;
    private volatile bool _lost;

    public HeldSlice(LeaseToken token, LeaseGrant grant, IReadOnlyList<HostRecord> hosts, LeaseProof proof)
    {
        Token = token;
        Grant = grant;
        Hosts = hosts;
        Timings = proof.Timings;
        _provedAt = proof.ProvedAt;
    }

    public LeaseToken Token { get; }

    public LeaseGrant Grant { get; }

    /// <summary>The hosts as they were when leased; position is host id.</summary>
    public IReadOnlyList<HostRecord> Hosts { get; }

    public int Slot => Grant.Slot;

    public LeaseTimings Timings { get; }

    /// <summary>Whether the store said that the lease is gone, or its time ran out.</summary>
    public bool IsLost => _lost;

    public void Renewed(long provedAt) => Interlocked.Exchange(ref _provedAt, Math.Max(provedAt, Interlocked.Read(ref _provedAt)));

    public void Lose() => _lost = true;

    public LeasePhase Phase(TimeProvider clock) =>
        _lost ? LeasePhase.Lapsed : new LeaseProof(Timings, Interlocked.Read(ref _provedAt)).PhaseAt(clock.GetTimestamp(), clock);

    public HostAddress AddressOf(int hostId, string runId = "") =>
        new(Grant.SliceName, Slot, hostId, Hosts[hostId].Registration.Node, runId);
}
