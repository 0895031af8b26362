using Eformer.Pool.Placement;
using Eformer.Pool.Store;
using Eformer.Pool.Tests.Support;
using static Eformer.Pool.PlacementStrategy;

namespace Eformer.Pool.Tests.Placement;

/// <summary>Where slices go, by hand.</summary>
public class StrategyTests
{
    [Fact]
    public void Pack_takes_the_node_that_fits_best_and_leaves_big_ones() =>
        Assert.Equal("0=slice-0:b0,b1,b2", Plan(Pack, 3, 1, Nodes(("a", 8), ("b", 3), ("c", 2))));

    [Fact]
    public void Of_equal_nodes_the_first_by_name_is_taken() =>
        Assert.Equal("0=slice-0:b0,b1;1=slice-1:c0,c1", Plan(Pack, 2, 2, Nodes(("c", 2), ("b", 2), ("d", 2))));

    [Fact]
    public void Pack_takes_whole_nodes_and_the_rest_where_it_fits() =>
        Assert.Equal("0=slice-0:a0,a1,a2,a3,c0,c1", Plan(Pack, 6, 1, Nodes(("a", 4), ("b", 3), ("c", 2))));

    [Fact]
    public void Spread_takes_a_second_host_of_a_node_only_when_every_node_has_given_one() =>
        Assert.Equal("0=slice-0:a0,a1,b0,c0", Plan(Spread, 4, 1, Nodes(("a", 8), ("b", 3), ("c", 1))));

    [Fact]
    public void Strict_spread_wants_a_node_for_each_host()
    {
        Assert.Equal("0=slice-0:a0,b0,c0", Plan(StrictSpread, 3, 1, Nodes(("a", 8), ("b", 3), ("c", 1))));
        Assert.Equal(
            "Of 12 hosts: 12 free; the free ones are on 3 nodes, and a slice needs 4 hosts on different nodes.",
            Plan(StrictSpread, 4, 1, Nodes(("a", 8), ("b", 3), ("c", 1))));
    }

    [Fact]
    public void Strict_pack_wants_one_node_for_all()
    {
        Assert.Equal("0=slice-0:b0,b1,b2;1=slice-1:a0,a1,a2", Plan(StrictPack, 3, 2, Nodes(("a", 5), ("b", 3), ("c", 2))));
        Assert.Equal(
            "0=slice-0:a0,a1,a2,a3Of 9 hosts: 9 free; the free ones are on 3 nodes, and a slice needs 4 hosts on one.",
            Plan(StrictPack, 4, 2, Nodes(("a", 4), ("b", 3), ("c", 2))));
    }

    [Fact]
    public void Hosts_of_no_slice_are_taken_before_those_of_another()
    {
        HostRecord[] rack = [.. Enumerable.Range(0, 4).Select(index => Fleets.Host($"a{index}", slice: "rack", index: index))];
        Assert.Equal("0=slice-0:x,y", Plan(StrictSpread, 2, 1, [.. rack, Fleets.Host("x"), Fleets.Host("y")]));
        Assert.Equal("0=slice-0:a0,a1", Plan(StrictSpread, 2, 1, [.. rack, Fleets.Host("x")]));
    }

    [Fact]
    public void A_whole_physical_slice_is_not_kept_whole_when_that_costs_a_slice()
    {
        HostRecord[] hosts = [Fleets.Host("a", "n1"), Fleets.Host("b", "n1"), Fleets.Host("c", "n2", "rack", 0), Fleets.Host("d", "n3", "rack", 1)];
        Assert.Equal("0=rack:c,d", Plan(StrictSpread, 2, 1, hosts));
        Assert.Equal("0=slice-0:a,c;1=slice-1:b,d", Plan(StrictSpread, 2, 2, hosts));
    }

    [Fact]
    public void Hosts_of_a_tpu_slice_are_not_lent_out() =>
        Assert.Equal(
            "Of 4 hosts: 4 of TPU slices that do not fit.",
            Plan(StrictSpread, 3, 1, Fleets.Tpu("tpu", "v5e-16")));

    [Fact]
    public void A_tpu_slice_with_a_host_that_shows_no_tpu_is_broken()
    {
        HostRecord[] hosts = Fleets.Tpu("tpu", "v4-16");
        hosts[1] = hosts[1] with { Registration = hosts[1].Registration with { DeviceType = "" } };
        Assert.Equal("Of 2 hosts: 2 of TPU slices that do not fit.", Plan(StrictSpread, 2, 1, hosts));
        Assert.Equal(
            "Of 1 slice of v4-16: 1 broken.",
            PlacementPlanner.Plan(Fleets.Of(hosts), Fleets.Request(SliceShape.Of(TpuType.Parse("v4-16")), 1)).Reason);
    }

    [Fact]
    public void A_gang_may_be_a_tpu_slice_of_its_size() =>
        Assert.Equal("0=tpu:tpu-000,tpu-001,tpu-002,tpu-003", Plan(StrictSpread, 4, 1, Fleets.Tpu("tpu", "v5e-16")));

    [Fact]
    public void A_plain_slice_with_a_gap_in_its_numbers_is_not_whole()
    {
        HostRecord[] rack = [Fleets.Host("a", slice: "rack", index: 0), Fleets.Host("b", slice: "rack", index: 2)];
        Assert.Equal("0=slice-0:a,b", Plan(StrictSpread, 2, 1, rack));
    }

    [Fact]
    public void A_logical_slice_is_not_called_what_a_physical_one_is() =>
        Assert.Equal("0=slice-0-logical:x,y", Plan(StrictSpread, 2, 1, Fleets.Host("a", slice: "slice-0", index: 0), Fleets.Host("x"), Fleets.Host("y")));

    [Fact]
    public void A_type_is_the_same_by_either_of_its_names() =>
        Assert.Equal(2, PlacementPlanner.Plan(
            Fleets.Of([.. Fleets.Tpu("a", "v5litepod-16"), .. Fleets.Tpu("b", "V5E-16")]),
            Fleets.Request(SliceShape.Of(TpuType.Parse("v5e-16")), 2)).Slices.Count);

    [Fact]
    public void A_shape_without_hosts_is_refused() =>
        Assert.Equal("InvalidSize", Assert.Throws<SlicePoolException>(() => new SliceShape { HostsPerSlice = 0 }).ErrorId);

    private static HostRecord[] Nodes(params (string Name, int Hosts)[] nodes) =>
        [.. nodes.SelectMany(node => Enumerable.Range(0, node.Hosts).Select(index => Fleets.Host($"{node.Name}{index}", node.Name)))];

    private static string Plan(PlacementStrategy strategy, int hostsPerSlice, int slices, params HostRecord[] hosts) =>
        Worlds.Describe(PlacementPlanner.Plan(
            Fleets.Of(hosts), Fleets.Request(new SliceShape { HostsPerSlice = hostsPerSlice, Strategy = strategy }, slices)));
}
