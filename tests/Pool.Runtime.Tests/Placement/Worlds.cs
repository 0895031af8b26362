using CsCheck;
using Eformer.Pool.Placement;
using Eformer.Pool.Store;
using Eformer.Pool.Tests.Support;

namespace Eformer.Pool.Tests.Placement;

/// <summary>Random fleets and requests: few nodes, few names, few types, so that everything meets everything.</summary>
internal static class Worlds
{
    /// <summary>How many worlds to try: what breaks one rule in particular is rare.</summary>
    public const int Many = 500;

    private static readonly string[] s_types = ["v4-8", "v4-16", "v5litepod-16", "V5E-16"];

    private static readonly Gen<HostRecord> s_ready = Gen.Select(
        Gen.Int[0, 4], Gen.OneOf("", "", "", "rack-a", "rack-b", "slice-0"), Gen.Int[-1, 2], Gen.OneOf("a100", "h100"), Gen.Int[0, 999])
        .Select(seed => Fleets.Host(
            $"h{seed.Item5:000}", $"node-{seed.Item1}", seed.Item2, seed.Item2.Length > 0 ? seed.Item3 : -1, labels: ("gpu", seed.Item4)));

    private static readonly Gen<Func<HostRecord, HostRecord>> s_ailments = Gen.OneOf<Func<HostRecord, HostRecord>>(
        host => host with { Alive = false },
        host => host with { Suspension = new HostSuspension("ann", "", 0, null) },
        host => host with { Health = new HostHealth(HostCondition.Preempting, "notice", 0) },
        host => host with { Health = new HostHealth(HostCondition.RunnerFailed, "exit code 1", 0) },
        host => host with { State = HostState.Reclaiming },
        host => host with { State = HostState.Unconfirmed },
        host => Fleets.LeasedBy("lease-night", [host])[0],
        host => Fleets.LeasedBy("lease-mine", [host])[0],
        host => Fleets.LeasedBy("lease-nobody", [host])[0]);

    // Four in five are well.
    private static readonly Gen<HostRecord> s_host = Gen.Select(s_ready, s_ailments, Gen.Int[0, 4])
        .Select(seed => seed.Item3 == 0 ? seed.Item2(seed.Item1) : seed.Item1);

    // A TPU slice that is whole and free, or has a host missing, a host of another type, or one that ails.
    private static readonly Gen<HostRecord[]> s_tpu = Gen.Select(
        Gen.Int[0, 3], Gen.OneOf(s_types), Gen.OneOf("a100", "h100"), s_ailments, Gen.Int[0, 7], Gen.Bool)
        .Select(seed =>
        {
            HostRecord[] hosts = [.. Fleets.Tpu($"tpu-{seed.Item1}", seed.Item2).Select((host, index) => host with
            {
                Registration = host.Registration with
                {
                    Node = seed.Item6 ? $"node-{index}" : $"node-{index / 2}",
                    Labels = new Dictionary<string, string> { ["gpu"] = seed.Item3 },
                },
            })];
            return seed.Item5 switch
            {
                0 => hosts[1..],
                1 => hosts[..^1],
                2 => [hosts[0] with { Registration = hosts[0].Registration with { DeviceType = "v6e-8" } }, .. hosts[1..]],
                3 => [seed.Item4(hosts[0]), .. hosts[1..]],
                _ => hosts,
            };
        });

    /// <summary>A fleet.</summary>
    public static readonly Gen<FleetSnapshot> Fleet = Gen.Select(s_host.Array[0, 16], s_tpu.Array[0, 3])
        .Select(seed => (HostRecord[])[.. seed.Item1.Concat(seed.Item2.SelectMany(hosts => hosts)).DistinctBy(host => host.Registration.Host)])
        .Select(hosts => Fleets.Of(hosts) with
        {
            Leases =
            [
                Fleets.LeaseOf("lease-night", "night", "owner-2", 0, hosts.Where(host => host.LeaseId == "lease-night"), 300_000),
                Fleets.LeaseOf("lease-mine", "slice", "owner-1", 0, hosts.Where(host => host.LeaseId == "lease-mine"), 300_000),
            ],
        });

    /// <summary>What may be asked for.</summary>
    public static readonly Gen<SliceShape> Shape = Gen.Select(
        Gen.Int[1, 4], Gen.OneOf("", "", "", "v4-8", "v4-16", "v5e-16"), Gen.OneOf("", "", "h100", "h*"), Gen.OneOf(Enum.GetValues<PlacementStrategy>()))
        .Select(seed => (seed.Item2.Length > 0 ? SliceShape.Of(TpuType.Parse(seed.Item2)) : new SliceShape { HostsPerSlice = seed.Item1 }) with
        {
            Selector = seed.Item3.Length > 0 ? Selector(("gpu", seed.Item3)) : HostSelector.Any,
            Strategy = seed.Item4,
        });

    /// <summary>A fleet and a request for new slots.</summary>
    public static readonly Gen<(FleetSnapshot Fleet, PlacementRequest Request)> Growth = Gen.Select(Fleet, Shape, Gen.Int[1, 6])
        .Select(seed => (seed.Item1, Fleets.Request(seed.Item2, seed.Item3)));

    /// <summary>A fleet and a request that replaces lost slices: their hosts were any, some of them gone.</summary>
    public static readonly Gen<(FleetSnapshot Fleet, PlacementRequest Request)> Repair = Gen.Select(Growth, Gen.Int[0, 17].Array[0, 4].Array[0, 6])
        .Select(seed => (seed.Item1.Fleet, seed.Item1.Request with
        {
            Slots = [.. seed.Item1.Request.Slots.Select((slot, index) =>
                slot with { FormerHosts = index < seed.Item2.Length ? Keys(seed.Item1.Fleet, seed.Item2[index]) : [] })],
        }));

    public static HostSelector Selector(params (string Label, string Value)[] pairs) =>
        new(pairs.GroupBy(pair => pair.Label).ToDictionary(same => same.Key, same => (IReadOnlyList<string>)[.. same.Select(pair => pair.Value)]));

    public static string Describe(PlacementPlan plan) =>
        string.Join(';', plan.Slices.Select(slice => $"{slice.Slot}={slice.SliceName}:{string.Join(',', Keys(slice))}")) + plan.Reason;

    public static string[] Keys(SlicePlacement slice) => [.. slice.Hosts.Select(host => host.Registration.Host)];

    private static string[] Keys(FleetSnapshot fleet, int[] numbers) =>
        [.. numbers.Select(number => number < fleet.Hosts.Count ? fleet.Hosts[number].Registration.Host : $"gone-{number}")];
}
