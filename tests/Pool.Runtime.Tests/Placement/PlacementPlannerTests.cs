using CsCheck;
using Eformer.Pool.Placement;
using Eformer.Pool.Store;
using Eformer.Pool.Tests.Support;

namespace Eformer.Pool.Tests.Placement;

/// <summary>Where slices go: what must hold of every plan for every fleet, and some plans by hand.</summary>
public class PlacementPlannerTests
{
    private const string Pool = "slice";

    // Few nodes and few names, so that they collide often; slices that are whole, broken, too big, and on one node.
    private static readonly Gen<HostRecord[]> s_hosts = Gen.Select(
            Gen.Int[0, 5], Gen.OneOf("", "", "slice-0", "slice-1", "tpu-a"), Gen.Int[-1, 3], Gen.OneOf(Enum.GetValues<HostState>()), Gen.Int[0, 9])
        .Array[0, 16]
        .Select(seeds => seeds.Select((seed, index) => Fleets.Host(
            $"h{index:00}",
            $"node-{seed.Item1}",
            seed.Item2,
            seed.Item3,
            seed.Item5 > 6 ? seed.Item4 : HostState.Idle,
            alive: seed.Item5 != 0)).ToArray());

    private static readonly Gen<(HostRecord[] Hosts, int Slices, int HostsPerSlice)> s_requests =
        Gen.Select(s_hosts, Gen.Int[1, 5], Gen.Int[1, 4]);

    [Fact]
    public void A_slice_never_has_two_hosts_on_one_node() => s_requests.Sample((hosts, slices, size) =>
        Plan(hosts, slices, size).Slices.All(slice => slice.Hosts.Select(host => host.Registration.Node).Distinct().Count() == slice.Hosts.Count));

    [Fact]
    public void No_host_is_placed_twice_and_only_free_ones_are() => s_requests.Sample((hosts, slices, size) =>
    {
        HostRecord[] placed = [.. Plan(hosts, slices, size).Slices.SelectMany(slice => slice.Hosts)];
        Assert.Equal(placed.Length, placed.Select(host => host.Registration.Host).Distinct().Count());
        Assert.All(placed, host => Assert.True(host is { Alive: true, State: HostState.Idle } && hosts.Contains(host)));
    });

    [Fact]
    public void Every_slice_is_whole_and_fills_the_lowest_slots() => s_requests.Sample((hosts, slices, size) =>
    {
        PlacementPlan plan = Plan(hosts, slices, size);
        Assert.True(plan.Slices.Count <= slices);
        Assert.All(plan.Slices, slice => Assert.Equal(size, slice.Hosts.Count));
        Assert.Equal(Enumerable.Range(0, plan.Slices.Count), plan.Slices.Select(slice => slice.Slot));
    });

    [Fact]
    public void The_order_in_which_hosts_are_read_changes_nothing() =>
        Gen.Select(s_requests, Gen.Int).Sample((request, seed) =>
        {
            HostRecord[] shuffled = [.. request.Hosts];
            new Random(seed).Shuffle(shuffled);
            return Describe(Plan(request.Hosts, request.Slices, request.HostsPerSlice)) == Describe(Plan(shuffled, request.Slices, request.HostsPerSlice));
        });

    [Fact]
    public void A_reason_is_given_exactly_when_there_are_fewer_than_asked_for() => s_requests.Sample((hosts, slices, size) =>
    {
        PlacementPlan plan = Plan(hosts, slices, size);
        return (plan.Slices.Count < slices) == (plan.Reason.Length > 0);
    });

    [Fact]
    public void A_physical_slice_is_used_whole_or_not_under_its_name() => s_requests.Sample((hosts, slices, size) =>
    {
        ILookup<string, HostRecord> physical = hosts.ToLookup(host => host.Registration.Slice);
        foreach (SlicePlacement slice in Plan(hosts, slices, size).Slices.Where(slice => physical.Contains(slice.SliceName)))
        {
            Assert.Equivalent(physical[slice.SliceName], slice.Hosts);
        }
    });

    [Fact]
    public void Two_slices_of_a_pool_never_have_one_name() => s_requests.Sample((hosts, slices, size) =>
    {
        PlacementPlan plan = Plan(hosts, slices, size);
        return plan.Slices.Select(slice => slice.SliceName).Distinct().Count() == plan.Slices.Count;
    });

    [Fact]
    public void As_many_logical_slices_are_found_as_there_can_be() => s_requests.Sample((hosts, slices, size) =>
    {
        HostRecord[] loose = [.. hosts.Select(host => host with { Registration = host.Registration with { Slice = "" } })];
        int[] perNode = [.. loose.Where(host => host.Alive && host.State == HostState.Idle).GroupBy(host => host.Registration.Node).Select(node => node.Count())];

        // Gangs of a size on different nodes exist exactly when the nodes, each giving at most one host a gang, have enough.
        int possible = Enumerable.Range(0, slices + 1).Last(count => perNode.Sum(free => Math.Min(free, count)) >= count * size);
        return Plan(loose, slices, size).Slices.Count == possible;
    });

    [Fact]
    public void A_whole_physical_slice_keeps_its_name_and_the_order_of_its_workers()
    {
        PlacementPlan plan = Plan([Fleets.Host("a", slice: "tpu", index: 1), Fleets.Host("b", slice: "tpu", index: 0), Fleets.Host("c")], 1, 2);
        SlicePlacement slice = Assert.Single(plan.Slices);
        Assert.Equal("tpu", slice.SliceName);
        Assert.Equal(["b", "a"], slice.Hosts.Select(host => host.Registration.Host));
    }

    [Fact]
    public void An_empty_fleet_is_said_to_be_empty() => Assert.Equal("No host is registered in this fleet.", Plan([], 1, 1).Reason);

    private static PlacementPlan Plan(HostRecord[] hosts, int slices, int hostsPerSlice) =>
        PlacementPlanner.Plan(Fleets.Of(hosts), Fleets.Request(new SliceShape { HostsPerSlice = hostsPerSlice }, slices, Pool));

    private static string Describe(PlacementPlan plan) =>
        string.Join(';', plan.Slices.Select(slice => $"{slice.Slot}={slice.SliceName}:{string.Join(',', slice.Hosts.Select(host => host.Registration.Host))}")) + plan.Reason;
}
