using CsCheck;
using Eformer.Pool.Placement;
using Eformer.Pool.Store;
using Eformer.Pool.Tests.Support;
using static Eformer.Pool.PlacementStrategy;

namespace Eformer.Pool.Tests.Placement;

/// <summary>What must hold of every plan, for every fleet, shape and strategy.</summary>
public class PlacementRulesTests
{
    [Fact]
    public void A_host_is_placed_once_and_only_when_it_is_free_and_matches() => Worlds.Repair.Sample((fleet, request) =>
    {
        HostRecord[] placed = [.. PlacementPlanner.Plan(fleet, request).Slices.SelectMany(slice => slice.Hosts)];
        Assert.Equal(placed.Length, placed.Select(host => host.Registration.Host).Distinct().Count());
        Assert.All(placed, host =>
        {
            Assert.True(host is { Alive: true, State: HostState.Idle, Suspension: null, Health.Condition: HostCondition.Ready or HostCondition.Busy });
            Assert.True(request.Shape.Selector.Matches(host.Registration.Labels));
        });
    }, iter: Worlds.Many);

    [Fact]
    public void A_slice_is_whole_or_not_there() => Worlds.Repair.Sample((fleet, request) =>
    {
        PlacementPlan plan = PlacementPlanner.Plan(fleet, request);
        Assert.All(plan.Slices, slice => Assert.Equal(request.Shape.TpuType?.HostCount ?? request.Shape.HostsPerSlice, slice.Hosts.Count));
        Assert.Equal(plan.Slices.Count < request.Slots.Count, plan.Reason.Length > 0);
    }, iter: Worlds.Many);

    [Fact]
    public void New_slots_are_filled_from_the_lowest() => Worlds.Growth.Sample((fleet, request) =>
    {
        PlacementPlan plan = PlacementPlanner.Plan(fleet, request);
        Assert.Equal(Enumerable.Range(0, plan.Slices.Count), plan.Slices.Select(slice => slice.Slot));
    }, iter: Worlds.Many);

    [Fact]
    public void Slots_are_ordered_and_names_are_different() => Worlds.Repair.Sample((fleet, request) =>
    {
        IReadOnlyList<SlicePlacement> slices = PlacementPlanner.Plan(fleet, request).Slices;
        Assert.Equal(slices.Select(slice => slice.Slot).Order(), slices.Select(slice => slice.Slot));
        Assert.Equal(slices.Count, slices.Select(slice => slice.SliceName).Distinct().Count());
    }, iter: Worlds.Many);

    [Fact]
    public void The_order_of_reading_and_of_asking_changes_nothing() => Gen.Select(Worlds.Repair, Gen.Int).Sample((world, seed) =>
    {
        HostRecord[] hosts = [.. world.Fleet.Hosts];
        SlotRequest[] slots = [.. world.Request.Slots];
        new Random(seed).Shuffle(hosts);
        new Random(seed).Shuffle(slots);
        PlacementPlan other = PlacementPlanner.Plan(world.Fleet with { Hosts = hosts }, world.Request with { Slots = slots });
        return Worlds.Describe(other) == Worlds.Describe(PlacementPlanner.Plan(world.Fleet, world.Request));
    }, iter: Worlds.Many);

    [Fact]
    public void Strict_strategies_are_kept_to() => Worlds.Repair.Sample((fleet, request) =>
    {
        foreach (SlicePlacement slice in PlacementPlanner.Plan(fleet, request).Slices)
        {
            int nodes = Nodes([slice]);
            Assert.True(request.Shape.Strategy != StrictSpread || nodes == slice.Hosts.Count);
            Assert.True(request.Shape.Strategy != StrictPack || nodes == 1);
        }
    }, iter: Worlds.Many);

    [Fact]
    public void Pack_needs_no_more_nodes_than_spread() => Worlds.Growth.Sample((fleet, request) =>
    {
        PlacementRequest one = request with { Slots = [request.Slots[0]] };
        Assert.True(Nodes(With(Pack, fleet, one)) <= Nodes(With(Spread, fleet, one)));
    }, iter: Worlds.Many);

    [Fact]
    public void Spread_is_as_wide_as_strict_spread_where_that_is_possible() => Worlds.Growth.Sample((fleet, request) =>
    {
        IReadOnlyList<SlicePlacement> strict = With(StrictSpread, fleet, request);
        if (strict.Count == request.Slots.Count && request.Shape.TpuType is null && fleet.Hosts.All(host => host.Registration.Slice.Length == 0))
        {
            Assert.All(With(Spread, fleet, request), slice => Assert.Equal(slice.Hosts.Count, Nodes([slice])));
        }
    }, iter: Worlds.Many);

    [Fact]
    public void A_tpu_slice_is_placed_whole_under_its_name_or_not_at_all() => Worlds.Repair.Sample((fleet, request) =>
    {
        ILookup<string, HostRecord> tpu = fleet.Hosts
            .Where(host => host.Registration.DeviceType.Length > 0)
            .ToLookup(host => host.Registration.Slice);
        foreach (SlicePlacement slice in PlacementPlanner.Plan(fleet, request).Slices)
        {
            HostRecord[] parts = [.. slice.Hosts.Where(host => tpu.Contains(host.Registration.Slice))];
            if (parts.Length > 0)
            {
                TpuType type = TpuType.Parse(parts[0].Registration.DeviceType);
                Assert.Equal(slice.SliceName, parts[0].Registration.Slice);
                Assert.Equal(tpu[slice.SliceName].Order(s_byIndex), slice.Hosts);
                Assert.Equal(Enumerable.Range(0, type.HostCount), slice.Hosts.Select(host => host.Registration.WorkerIndex));
                Assert.True(request.Shape.TpuType is null || request.Shape.TpuType == type);
            }
            else
            {
                Assert.Null(request.Shape.TpuType);
            }
        }
    }, iter: Worlds.Many);

    [Fact]
    public void No_plan_has_more_slices() => Worlds.Growth.Sample((fleet, request) =>
        Assert.Equal(Math.Min(request.Slots.Count, Most(fleet, request.Shape)), PlacementPlanner.Plan(fleet, request).Slices.Count), iter: Worlds.Many);

    [Fact]
    public void What_lost_slices_had_costs_no_slice() => Worlds.Repair.Sample((fleet, request) =>
        Assert.Equal(
            PlacementPlanner.Plan(fleet, request with { Slots = [.. request.Slots.Select(slot => slot with { FormerHosts = [] })] }).Slices.Count,
            PlacementPlanner.Plan(fleet, request).Slices.Count), iter: Worlds.Many);

    [Fact]
    public void Growing_touches_nothing_that_is_held() => Gen.Select(Worlds.Growth, Gen.Int[1, 3]).Sample((world, more) =>
    {
        PlacementPlan first = PlacementPlanner.Plan(world.Fleet, world.Request);
        FleetSnapshot after = Lease(world.Fleet, first);
        SlotRequest[] slots = [.. Enumerable.Range(world.Request.Slots.Count, more).Select(slot => new SlotRequest(slot, []))];
        PlacementPlan second = PlacementPlanner.Plan(after, world.Request with { Slots = slots });
        Assert.Empty(second.Slices.SelectMany(Worlds.Keys).Intersect(first.Slices.SelectMany(Worlds.Keys)));
        Assert.Empty(second.Slices.Select(slice => slice.SliceName).Intersect(first.Slices.Select(slice => slice.SliceName)));
    }, iter: Worlds.Many);

    private static readonly Comparer<HostRecord> s_byIndex =
        Comparer<HostRecord>.Create((one, other) => one.Registration.WorkerIndex.CompareTo(other.Registration.WorkerIndex));

    private static IReadOnlyList<SlicePlacement> With(PlacementStrategy strategy, FleetSnapshot fleet, PlacementRequest request) =>
        PlacementPlanner.Plan(fleet, request with { Shape = request.Shape with { Strategy = strategy } }).Slices;

    private static int Nodes(IReadOnlyList<SlicePlacement> slices) =>
        slices.SelectMany(slice => slice.Hosts).Select(host => host.Registration.Node).Distinct().Count();

    private static FleetSnapshot Lease(FleetSnapshot fleet, PlacementPlan plan)
    {
        HashSet<string> taken = [.. plan.Slices.SelectMany(Worlds.Keys)];
        return fleet with
        {
            Hosts = [.. fleet.Hosts.Select(host => taken.Contains(host.Registration.Host) ? Fleets.LeasedBy("lease-new", [host])[0] : host)],
        };
    }

    // Counted, not planned: whole TPU slices, and of the other hosts what arithmetic allows.
    private static int Most(FleetSnapshot fleet, SliceShape shape)
    {
        string[] tpu = [.. fleet.Hosts.Where(host => host.Registration.DeviceType.Length > 0).Select(host => host.Registration.Slice).Distinct()];
        int whole = tpu.Count(name => FitsWhole([.. fleet.Hosts.Where(host => host.Registration.Slice == name)], shape));
        int size = shape.HostsPerSlice;
        int[] perNode = [.. fleet.Hosts
            .Where(host => !tpu.Contains(host.Registration.Slice) && Available(host, shape))
            .GroupBy(host => host.Registration.Node)
            .Select(node => node.Count())];
        return shape.TpuType is not null ? whole : whole + (shape.Strategy switch
        {
            StrictSpread => Enumerable.Range(0, 40).Last(count => perNode.Sum(free => Math.Min(free, count)) >= count * size),
            StrictPack => perNode.Sum(free => free / size),
            _ => perNode.Sum() / size,
        });
    }

    private static bool FitsWhole(HostRecord[] hosts, SliceShape shape)
    {
        TpuType[] types = [.. hosts.Select(host => TpuType.Parse(host.Registration.DeviceType)).Distinct()];
        int nodes = hosts.Select(host => host.Registration.Node).Distinct().Count();
        return types.Length == 1
            && (shape.TpuType is null || shape.TpuType == types[0])
            && hosts.Length == types[0].HostCount
            && hosts.Length == shape.HostsPerSlice
            && hosts.All(host => Available(host, shape))
            && (shape.Strategy != StrictSpread || nodes == hosts.Length)
            && (shape.Strategy != StrictPack || nodes == 1);
    }

    private static bool Available(HostRecord host, SliceShape shape) =>
        host is { Alive: true, State: HostState.Idle, Suspension: null, Health.Condition: HostCondition.Ready or HostCondition.Busy }
        && shape.Selector.Matches(host.Registration.Labels);
}
