using System.Collections.Concurrent;
using Eformer.Pool.Leases;
using Eformer.Pool.Pools;
using Eformer.Pool.Store;

namespace Eformer.Pool.Health;

/// <summary>Reports how the hosts of a pool do, and remembers since when. Thread-safe.</summary>
internal sealed class HealthHistory(TimeProvider clock)
{
    private readonly ConcurrentDictionary<(int Slot, string Host), (string LeaseId, HostHealthState State, DateTime Since)> _since = new();

    /// <summary>The hosts of these slices, in slot and host order.</summary>
    public IReadOnlyList<HostReport> Report(IReadOnlyList<HeldSlice> slices, FleetSnapshot fleet)
    {
        Dictionary<string, HostRecord> hosts = fleet.Hosts.ToDictionary(host => host.Registration.Host, StringComparer.Ordinal);
        return [.. slices.SelectMany(slice => slice.Hosts.Select((host, id) => Report(slice, id, hosts.GetValueOrDefault(host.Registration.Host), fleet)))];
    }

    private HostReport Report(HeldSlice slice, int hostId, HostRecord? now, FleetSnapshot fleet)
    {
        LeasePhase phase = slice.Phase(clock);
        (HostHealthState state, string why) = HealthRules.Judge(slice.Token.LeaseId, phase, now, fleet.RecoveringMs > 0);
        string key = slice.Hosts[hostId].Registration.Host;
        return new HostReport
        {
            SliceId = slice.Slot,
            SliceName = slice.Grant.SliceName,
            HostId = hostId,
            Host = key,
            Node = slice.Hosts[hostId].Registration.Node,
            State = state,
            Why = why,
            Since = Since((slice.Slot, key), slice.Token.LeaseId, state, now),
            Load1 = now?.Load?.Load1,
            FreeMemoryMb = now?.Load?.FreeMemoryMb,
        };
    }

    private DateTime Since((int Slot, string Host) key, string leaseId, HostHealthState state, HostRecord? now)
    {
        DateTime said = Said(state, now) ?? clock.GetLocalNow().DateTime;
        return _since.AddOrUpdate(
            key,
            _ => (leaseId, state, said),
            (_, before) => before.LeaseId == leaseId && before.State == state ? before : (leaseId, state, said)).Since;
    }

    // What the host says itself, or whoever suspended it, has a time of its own.
    private static DateTime? Said(HostHealthState state, HostRecord? now) => state switch
    {
        HostHealthState.Busy or HostHealthState.Preempting when now is { Health.SinceMs: > 0 } => Local(now.Health.SinceMs),
        HostHealthState.Suspended when now?.Suspension is { } suspension => Local(suspension.SinceMs),
        _ => null,
    };

    private static DateTime Local(long unixMs) => DateTimeOffset.FromUnixTimeMilliseconds(unixMs).LocalDateTime;
}
