using Eformer.Pool.Envelopes;
using Eformer.Pool.Leases;
using Eformer.Pool.Placement;
using Eformer.Pool.Pools;
using Eformer.Pool.Runs;
using Eformer.Pool.Store;
using Eformer.Pool.Topology;

namespace Eformer.Pool.Tests.Support;

/// <summary>Short forms for fleets, hosts and slices.</summary>
internal static class Fleets
{
    public const string Incarnation = "incarnation-1";
    public const string Lease = "lease-1";

    public static HostRecord Host(
        string key,
        string? node = null,
        string slice = "",
        int index = -1,
        HostState state = HostState.Idle,
        bool alive = true,
        string type = "",
        params (string Label, string Value)[] labels) => new(
        new HostRegistration
        {
            Host = key,
            Node = node ?? "node-" + key,
            Slice = slice,
            WorkerIndex = index,
            DeviceType = type,
            Labels = labels.ToDictionary(pair => pair.Label, pair => pair.Value),
        },
        "agent-" + key,
        Incarnation,
        alive,
        state,
        state == HostState.Idle ? "" : Lease,
        state == HostState.Idle ? 0 : 7,
        0);

    public static FleetSnapshot Of(params IEnumerable<HostRecord> hosts) => new("generation-1", [.. hosts], [], []);

    /// <summary>A TPU slice of as many hosts as its type says, each on a node of its own.</summary>
    public static HostRecord[] Tpu(string slice, string type, HostState state = HostState.Idle) =>
        [.. Enumerable.Range(0, TpuType.Parse(type).HostCount)
            .Select(index => Host($"{slice}-{index:000}", slice: slice, index: index, state: state, type: type))];

    /// <summary>Hosts that a pool has leased, as the store shows them.</summary>
    public static HostRecord[] LeasedBy(string leaseId, IEnumerable<HostRecord> hosts) =>
        [.. hosts.Select(host => host with { State = HostState.Held, LeaseId = leaseId, Epoch = 7 })];

    /// <summary>A lease as the store shows it.</summary>
    public static LeaseRecord LeaseOf(string leaseId, string pool, string ownerId, int slot, IEnumerable<HostRecord> hosts, long remainingMs) => new(
        leaseId,
        7,
        "generation-1",
        new LeaseGrant
        {
            Pool = pool,
            OwnerId = ownerId,
            Owner = "ann",
            Slot = slot,
            SliceName = $"{pool}-{slot}",
            Hosts = [.. hosts.Select(host => host.Registration.Host)],
            TtlMs = 30_000,
        },
        0,
        remainingMs);

    /// <summary>A request for the first slots of a pool.</summary>
    public static PlacementRequest Request(SliceShape shape, int slices, string pool = "slice") =>
        new() { Pool = pool, OwnerId = "owner-1", Shape = shape, Slots = [.. Enumerable.Range(0, slices).Select(slot => new SlotRequest(slot, []))] };

    public static HeldSlice Held(int slot, params HostRecord[] hosts) => new(
        new LeaseToken(Lease, 7, "generation-1"),
        new LeaseGrant
        {
            Pool = "night",
            OwnerId = "owner-1",
            Owner = "ann",
            Slot = slot,
            SliceName = $"slice-{slot}",
            Hosts = [.. hosts.Select(host => host.Registration.Host)],
            TtlMs = 30_000,
        },
        hosts,
        new LeaseProof(new LeaseTimings(TimeSpan.FromSeconds(30)), 0));

    /// <summary>The first host of a slice as a run's target, with its first attempt sent.</summary>
    public static RunTarget Target(HeldSlice slice)
    {
        RunTarget target = new(RunTarget.PlaceOf(slice, 0), slice, new string('a', 32));
        target.Send(1, 0);
        return target;
    }
}
