using Eformer.Pool.Envelopes;
using Eformer.Pool.Leases;
using Eformer.Pool.Pools;
using Eformer.Pool.Store;
using Eformer.Pool.Topology;

namespace Eformer.Pool.Tests.Support;

/// <summary>Short forms for fleets, hosts and slices.</summary>
internal static class Fleets
{
    public const string Incarnation = "incarnation-1";
    public const string Lease = "lease-1";

    public static HostRecord Host(
        string key, string? node = null, string slice = "", int index = -1, HostState state = HostState.Idle, bool alive = true) => new(
        new HostRegistration { Host = key, Node = node ?? "node-" + key, Slice = slice, WorkerIndex = index },
        "agent-" + key,
        Incarnation,
        alive,
        state,
        state == HostState.Idle ? "" : Lease,
        state == HostState.Idle ? 0 : 7,
        0);

    public static FleetSnapshot Of(params IEnumerable<HostRecord> hosts) => new("generation-1", [.. hosts], [], []);

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
}
