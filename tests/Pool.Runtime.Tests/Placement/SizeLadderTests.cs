using System.Globalization;
using System.Text.RegularExpressions;
using CsCheck;
using Eformer.Pool.Placement;
using Eformer.Pool.Store;
using Eformer.Pool.Tests.Support;

namespace Eformer.Pool.Tests.Placement;

/// <summary>What people are told of sizes: that it is true, that it adds up, and its exact words.</summary>
public class SizeLadderTests
{
    private static readonly DateTimeOffset s_now = new(2026, 3, 1, 14, 0, 0, TimeSpan.FromHours(2));
    private static readonly SliceShape s_tpu = SliceShape.Of(TpuType.Parse("v4-16"));

    private static readonly Gen<(FleetSnapshot Fleet, PlacementRequest Request, int[] Held, int[] Sizes)> s_questions =
        Gen.Select(Worlds.Growth, Gen.Int[0, 5].Array[0, 3], Gen.Int[1, 9].Array[1, 3])
            .Select(seed => (seed.Item1.Fleet, seed.Item1.Request, seed.Item2, seed.Item3));

    [Fact]
    public void A_size_is_feasible_exactly_when_it_can_be_planned() => s_questions.Sample(question =>
    {
        foreach (SizeExplanation answer in Explain(question.Fleet, question.Request, question.Held, question.Sizes))
        {
            SlotRequest[] lacking = [.. Enumerable.Range(0, answer.Size).Except(question.Held).Select(slot => new SlotRequest(slot, []))];
            PlacementPlan plan = PlacementPlanner.Plan(question.Fleet, question.Request with { Slots = lacking });
            Assert.Equal(plan.Slices.Count == lacking.Length, answer.Feasible);
            Assert.Equal(answer.Feasible, answer.Reason.Length == 0);
        }
    }, iter: Worlds.Many);

    [Fact]
    public void What_may_be_had_again_from_lost_slices_changes_no_answer() => Worlds.Repair.Sample((fleet, request) =>
    {
        SizeExplanation answer = Assert.Single(Explain(fleet, request, [], [request.Slots.Count]));
        return answer.Feasible == (PlacementPlanner.Plan(fleet, request).Slices.Count == request.Slots.Count);
    }, iter: Worlds.Many);

    [Fact]
    public void The_numbers_of_a_reason_add_up() => s_questions.Sample(question =>
    {
        int total = Suitable(question.Fleet, question.Request.Shape);
        Assert.All(
            Explain(question.Fleet, question.Request, question.Held, question.Sizes).Where(answer => !answer.Feasible),
            answer => Assert.Equal(total, total == 0 ? 0 : Counted(answer.Reason)));
    }, iter: Worlds.Many);

    [Fact]
    public void Sizes_are_told_once_and_largest_first() => s_questions.Sample(question =>
        Explain(question.Fleet, question.Request, question.Held, question.Sizes).Select(answer => answer.Size)
            .SequenceEqual(question.Sizes.Distinct().OrderDescending()));

    [Fact]
    public void Slices_of_a_type_are_counted_by_what_becomes_of_them()
    {
        HostRecord[] first = Fleets.LeasedBy("l1", Fleets.Tpu("t6", "v4-16"));
        HostRecord[] second = Fleets.LeasedBy("l2", Fleets.Tpu("t7", "v4-16"));
        HostRecord[] draining = Fleets.Tpu("t5", "v4-16");
        draining[1] = draining[1] with { State = HostState.Reclaiming };
        HostRecord[] free = [.. Enumerable.Range(0, 5).SelectMany(number => Fleets.Tpu($"t{number}", "v4-16"))];
        FleetSnapshot fleet = Fleets.Of([.. free, .. draining, .. first, .. second, Fleets.Host("other")]) with
        {
            Leases = [Fleets.LeaseOf("l1", "night", "n", 0, first, 299_000), Fleets.LeaseOf("l2", "night", "n", 1, second, 300_000)],
        };
        Assert.Equal(
            "8: no (5 intact, 1 draining, 2 held by pool 'night' until 14:05); 4: yes",
            SizeLadder.Describe(Explain(fleet, Fleets.Request(s_tpu, 0), [], [4, 8])));
    }

    [Fact]
    public void Every_ailment_has_its_words()
    {
        HostRecord[][] slices = [.. Enumerable.Range(0, 7).Select(number => Fleets.Tpu($"t{number}", "v4-16"))];
        slices[0][0] = slices[0][0] with { Suspension = new HostSuspension("ann", "", 0, null) };
        slices[1][0] = slices[1][0] with { Health = new HostHealth(HostCondition.Preempting, "", 0) };
        slices[2][0] = slices[2][0] with { Health = new HostHealth(HostCondition.RunnerFailed, "", 0) };
        slices[3][0] = slices[3][0] with { Alive = false };
        slices[4] = slices[4][1..];
        slices[5] = Fleets.LeasedBy("lost", slices[5]);
        slices[6] = [.. slices[6].Select(host => host with { Registration = host.Registration with { Node = "same" } })];
        Assert.Equal(
            "1: no (1 with several hosts on a node, 1 held by a lease that ended, 1 whose runners do not start, 1 suspended, 1 about to be preempted, 2 broken)",
            SizeLadder.Describe(Explain(Fleets.Of(slices.SelectMany(slice => slice)), Fleets.Request(s_tpu, 0), [], [1])));
    }

    [Fact]
    public void Gangs_are_explained_by_their_hosts()
    {
        HostRecord[] mine = Fleets.LeasedBy("l1", [Fleets.Host("a"), Fleets.Host("b")]);
        HostRecord[] lapsed = Fleets.LeasedBy("l2", [Fleets.Host("c")]);
        FleetSnapshot fleet = Fleets.Of([.. mine, .. lapsed, Fleets.Host("d"), Fleets.Host("e"), Fleets.Host("f", alive: false)]) with
        {
            Leases = [Fleets.LeaseOf("l1", "slice", "owner-1", 0, mine, 300_000), Fleets.LeaseOf("l2", "old", "o", 0, lapsed, -1)],
        };
        PlacementRequest request = Fleets.Request(new SliceShape { HostsPerSlice = 2 }, 0);
        Assert.Equal(
            "4: no (1 more can be made now; of 6 hosts: 2 free, 1 held by pool 'old' (lapsed), 2 held by this pool, 1 not heard from); 2: yes",
            SizeLadder.Describe(Explain(fleet, request, [0], [2, 4])));
    }

    [Fact]
    public void Too_few_nodes_are_named_when_they_are_what_stands_in_the_way()
    {
        HostRecord[] hosts = [.. Enumerable.Range(0, 6).Select(number => Fleets.Host($"h{number}", $"n{number % 2}"))];
        PlacementRequest request = Fleets.Request(new SliceShape { HostsPerSlice = 3 }, 0);
        Assert.Equal(
            "2: no (0 can be made now; of 6 hosts: 6 free; the free ones are on 2 nodes, and a slice needs 3 hosts on different nodes)",
            SizeLadder.Describe(Explain(Fleets.Of(hosts), request, [], [2])));
        Assert.Equal("3: no (0 can be made now; of 6 hosts: 6 free)", SizeLadder.Describe(Explain(Fleets.Of(hosts), request, [], [3])));
    }

    [Fact]
    public void An_empty_fleet_is_said_to_be_empty() => Assert.Equal(
        "2: no (No host is registered in this fleet.)",
        SizeLadder.Describe(Explain(Fleets.Of(), Fleets.Request(s_tpu, 0), [], [2])));

    [Fact]
    public void What_is_there_instead_is_said()
    {
        FleetSnapshot fleet = Fleets.Of(
        [
            .. Fleets.Tpu("a", "v5p-8"), .. Fleets.Tpu("b", "v5litepod-8"), .. Fleets.Tpu("c", "v4-8"),
            Fleets.Host("x", labels: [("GPU", "h100"), ("zone", "b")]), Fleets.Host("y", labels: ("gpu", "a100")),
        ]);
        Assert.Equal("No slice of v4-16 is in this fleet: there are v4-8, v5e-8, v5p-8.", Reason(fleet, s_tpu));
        Assert.Equal(
            "No slice of v4-16 is in this fleet: it has 1 host and no TPU slice.",
            Reason(Fleets.Of(Fleets.Host("x")), s_tpu));
        Assert.Equal(
            "None of 5 hosts matches gpu=l4,rack=*: 'gpu' is a100, h100; no host has a label 'rack'.",
            Reason(fleet, new SliceShape { HostsPerSlice = 1, Selector = Worlds.Selector(("gpu", "l4"), ("rack", "*")) }));
        Assert.Equal(
            "No slice of v4-8 matches zone=b: no host has a label 'zone'.",
            Reason(fleet, SliceShape.Of(TpuType.Parse("v4-8")) with { Selector = Worlds.Selector(("zone", "b")) }));
    }

    [Fact]
    public void A_pool_has_every_size_for_which_it_holds_the_slots() =>
        Assert.Equal("2: yes; 1: yes", SizeLadder.Describe(Explain(Fleets.Of(), Fleets.Request(s_tpu, 0), [0, 1], [1, 2])));

    [Fact]
    public void An_absurd_size_is_answered_too() =>
        Assert.False(Assert.Single(Explain(Fleets.Of(Fleets.Host("a")), Fleets.Request(new SliceShape { HostsPerSlice = 1 }, 0), [], [int.MaxValue])).Feasible);

    [Fact]
    public void The_error_tells_all_sizes()
    {
        InsufficientSlicesException error = new([2, 4], 1, [new SizeExplanation(2, false, "1 intact"), new SizeExplanation(4, false, "1 intact")]);
        Assert.Equal("Not enough slices: 2 or 4 requested, 1 can be placed now. 4: no (1 intact); 2: no (1 intact).", error.Message);
        Assert.Equal([4, 2], error.Explanations.Select(explanation => explanation.Size));
        Assert.Empty(new InsufficientSlicesException([2], 1, "So it is.").Explanations);
    }

    private static IReadOnlyList<SizeExplanation> Explain(FleetSnapshot fleet, PlacementRequest request, int[] held, int[] sizes) =>
        SizeLadder.Explain(fleet, request, held, sizes, s_now);

    private static string Reason(FleetSnapshot fleet, SliceShape shape) => PlacementPlanner.Plan(fleet, Fleets.Request(shape, 1)).Reason;

    private static int Suitable(FleetSnapshot fleet, SliceShape shape) => shape.TpuType is null
        ? fleet.Hosts.Count(host => shape.Selector.Matches(host.Registration.Labels))
        : fleet.Hosts
            .Where(host => host.Registration.Slice.Length > 0)
            .GroupBy(host => host.Registration.Slice)
            .Count(slice => slice.Any(host => TpuType.TryParse(host.Registration.DeviceType, out TpuType? type) && type == shape.TpuType)
                && slice.All(host => shape.Selector.Matches(host.Registration.Labels)));

    // What comes before a colon is a total, what comes after the next semicolon no count.
    private static int Counted(string reason)
    {
        string counts = reason[(reason.IndexOf(": ", StringComparison.Ordinal) + 1)..].Split(';')[0];
        return counts.Split(',').Sum(part => int.Parse(Regex.Match(part, @"\d+").Value, CultureInfo.InvariantCulture));
    }
}
