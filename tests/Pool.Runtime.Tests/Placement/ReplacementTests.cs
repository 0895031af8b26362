using CsCheck;
using Eformer.Pool.Placement;
using Eformer.Pool.Store;
using Eformer.Pool.Tests.Support;

namespace Eformer.Pool.Tests.Placement;

/// <summary>What a slot gets whose slice was lost.</summary>
public class ReplacementTests
{
    private static readonly SliceShape s_three = new() { HostsPerSlice = 3 };

    [Fact]
    public void A_host_that_comes_back_to_its_logical_slice_has_its_old_id() => Worlds.Repair.Sample((fleet, request) =>
    {
        foreach (SlicePlacement slice in PlacementPlanner.Plan(fleet, request).Slices.Where(slice => slice.SliceName.StartsWith("slice-", StringComparison.Ordinal)))
        {
            // Of a host that was named twice either place is its own.
            string[] former = [.. request.Slots[slice.Slot].FormerHosts.Take(slice.Hosts.Count)];
            string[] now = Worlds.Keys(slice);
            Assert.True(fleet.Hosts.Any(host => host.Registration.Slice == slice.SliceName)
                || now.Index().All(host => !former.Contains(host.Item) || former[host.Index] == host.Item));
        }
    }, iter: Worlds.Many);

    [Fact]
    public void Every_surviving_host_stays_where_it_was_when_one_slice_is_replaced() =>
        Gen.Select(Worlds.Growth, Gen.Int[0, 5], Gen.Bool.Array[4]).Sample((world, chosen, dead) =>
        {
            FleetSnapshot fleet = world.Fleet with { Hosts = [.. world.Fleet.Hosts.Where(host => host.Registration.Slice.Length == 0)] };
            IReadOnlyList<SlicePlacement> slices = PlacementPlanner.Plan(fleet, world.Request).Slices;
            if (slices.Count == 0 || world.Request.Shape.Strategy == PlacementStrategy.StrictPack)
            {
                return;
            }

            SlicePlacement lost = slices[chosen % slices.Count];
            string[] keys = Worlds.Keys(lost);
            HashSet<string> others = [.. slices.Where(slice => slice != lost).SelectMany(Worlds.Keys)];
            HashSet<string> gone = [.. keys.Where((_, id) => dead[id])];
            FleetSnapshot after = fleet with { Hosts = [.. fleet.Hosts.Select(host => Now(host, others, gone))] };
            PlacementPlan plan = PlacementPlanner.Plan(after, world.Request with { Slots = [new SlotRequest(lost.Slot, keys)] });
            foreach (SlicePlacement again in plan.Slices)
            {
                Assert.Equal((lost.Slot, lost.SliceName), (again.Slot, again.SliceName));
                Assert.All(keys.Index().Where(host => !gone.Contains(host.Item)), host => Assert.Equal(host.Item, Worlds.Keys(again)[host.Index]));
            }
        }, iter: Worlds.Many);

    [Fact]
    public void The_gap_of_a_lost_host_is_filled_and_the_others_keep_their_ids()
    {
        HostRecord[] hosts = [Fleets.Host("a"), Fleets.Host("b", alive: false), Fleets.Host("c"), Fleets.Host("d"), Fleets.Host("e")];
        Assert.Equal("0=slice-0:c,d,a", Plan(s_three, hosts, new SlotRequest(0, ["c", "b", "a"])));
    }

    [Fact]
    public void The_new_host_lies_as_the_strategy_wants()
    {
        HostRecord[] hosts =
        [
            Fleets.Host("a", "n1"), Fleets.Host("b", "n2", alive: false), Fleets.Host("c", "n3"),
            Fleets.Host("d", "n1"), Fleets.Host("e", "n1"), Fleets.Host("f", "n4"),
        ];
        SlotRequest lost = new(0, ["a", "b", "c"]);
        Assert.Equal("0=slice-0:a,f,c", Plan(s_three, hosts, lost));
        Assert.Equal("0=slice-0:a,f,c", Plan(s_three with { Strategy = PlacementStrategy.Spread }, hosts, lost));
        Assert.Equal("0=slice-0:a,d,c", Plan(s_three with { Strategy = PlacementStrategy.Pack }, hosts, lost));
        Assert.Equal("0=slice-0:a,d,e", Plan(s_three with { Strategy = PlacementStrategy.StrictPack }, hosts, lost));
    }

    [Fact]
    public void Hosts_of_a_lost_slice_are_not_given_to_a_lower_slot()
    {
        HostRecord[] hosts = [.. "abcdef".Select(key => Fleets.Host(key.ToString()))];
        Assert.Equal("0=slice-0:d,e,f;1=slice-1:b,a,c", Plan(s_three, hosts, new SlotRequest(0, []), new SlotRequest(1, ["b", "a", "c"])));
    }

    [Fact]
    public void A_tpu_slice_that_is_whole_again_goes_back_to_its_slot()
    {
        HostRecord[] hosts = [.. Fleets.Tpu("tpu-a", "v4-16"), .. Fleets.Tpu("tpu-b", "v4-16")];
        SliceShape shape = SliceShape.Of(TpuType.Parse("v4-16"));
        Assert.Equal(
            "0=tpu-a:tpu-a-000,tpu-a-001;1=tpu-b:tpu-b-000,tpu-b-001",
            Plan(shape, hosts, new SlotRequest(0, []), new SlotRequest(1, ["tpu-b-000", "tpu-b-001"])));
        Assert.Equal("0=tpu-b:tpu-b-000,tpu-b-001", Plan(shape, hosts, new SlotRequest(0, ["tpu-b-000", "tpu-b-001"])));
    }

    [Fact]
    public void A_tpu_slice_that_lost_a_host_is_replaced_by_another()
    {
        HostRecord[] hosts = [.. Fleets.Tpu("tpu-a", "v4-16"), .. Fleets.Tpu("tpu-b", "v4-16")];
        hosts[0] = hosts[0] with { Alive = false };
        SliceShape shape = SliceShape.Of(TpuType.Parse("v4-16"));
        Assert.Equal("0=tpu-b:tpu-b-000,tpu-b-001", Plan(shape, hosts, new SlotRequest(0, ["tpu-a-000", "tpu-a-001"])));
        Assert.Equal(
            "Of 2 slices of v4-16: 1 draining, 1 broken.",
            Plan(shape, [.. hosts[..2], .. Fleets.Tpu("tpu-b", "v4-16", HostState.Reclaiming)], new SlotRequest(0, ["tpu-a-000", "tpu-a-001"])));
    }

    [Fact]
    public void What_is_left_of_a_plain_physical_slice_stays_together_when_there_is_no_other()
    {
        HostRecord[] rack = [.. Enumerable.Range(0, 3).Select(index => Fleets.Host($"r{index}", slice: "rack", index: index, alive: index != 1))];
        SlotRequest lost = new(0, ["r0", "r1", "r2"]);
        Assert.Equal("0=slice-0:r0,x,r2", Plan(s_three, [.. rack, Fleets.Host("x"), Fleets.Host("y")], lost));

        HostRecord[] other = [.. Enumerable.Range(0, 3).Select(index => Fleets.Host($"s{index}", slice: "stack", index: index))];
        Assert.Equal("0=stack:s0,s1,s2", Plan(s_three, [.. rack, .. other, Fleets.Host("x")], lost));
    }

    [Fact]
    public void Hosts_that_are_gone_for_good_or_named_twice_do_no_harm()
    {
        HostRecord[] hosts = [.. "abc".Select(key => Fleets.Host(key.ToString()))];
        Assert.Equal("0=slice-0:b,a,c", Plan(s_three, hosts, new SlotRequest(0, ["gone", "a", "a", "b", "c", "d"])));
        Assert.Equal("0=slice-0:a,b,c", Plan(s_three, hosts, new SlotRequest(0, ["x", "y", "z"])));
    }

    private static HostRecord Now(HostRecord host, HashSet<string> others, HashSet<string> gone) =>
        others.Contains(host.Registration.Host) ? Fleets.LeasedBy("lease-mine", [host])[0]
        : gone.Contains(host.Registration.Host) ? host with { Alive = false }
        : host;

    private static string Plan(SliceShape shape, HostRecord[] hosts, params SlotRequest[] slots) =>
        Worlds.Describe(PlacementPlanner.Plan(Fleets.Of(hosts), Fleets.Request(shape, 0) with { Slots = slots }));
}
