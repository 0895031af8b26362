using Eformer.Pool.Pools;
using Eformer.Pool.Runs;
using Eformer.Pool.Tests.Support;

namespace Eformer.Pool.Tests.Runs;

/// <summary>Which slices and hosts a request is for.</summary>
public class RunSelectionTests
{
    private static readonly HeldSlice[] s_pool =
    [
        Fleets.Held(2, Fleets.Host("e"), Fleets.Host("f")),
        Fleets.Held(0, Fleets.Host("a"), Fleets.Host("b")),
        Fleets.Held(1, Fleets.Host("c"), Fleets.Host("d")),
    ];

    [Fact]
    public void Nothing_chosen_is_everything_in_slot_order()
    {
        Assert.Equal([0, 1, 2], Slots(null));
        Assert.Equal([0, 1], Hosts(null));
    }

    [Theory]
    [InlineData(new[] { 2, 0 }, new[] { 0, 2 })]
    [InlineData(new[] { 1 }, new[] { 1 })]
    [InlineData(new[] { 1, 1, 1 }, new[] { 1 })]
    public void Chosen_slices_come_once_and_in_slot_order(int[] chosen, int[] slots) => Assert.Equal(slots, Slots(chosen));

    [Theory]
    [InlineData(new[] { 1, 0 }, new[] { 0, 1 })]
    [InlineData(new[] { 1, 1 }, new[] { 1 })]
    public void Chosen_hosts_come_once_and_in_order(int[] chosen, int[] hosts) => Assert.Equal(hosts, Hosts(chosen));

    [Theory]
    [InlineData(3), InlineData(-1), InlineData(int.MaxValue), InlineData(int.MinValue)]
    public void An_unknown_slice_is_named_with_those_there_are(int slot)
    {
        SlicePoolException error = Assert.Throws<SlicePoolException>(() => Slots([0, slot]));
        Assert.Equal("InvalidSelection", error.ErrorId);
        Assert.Contains($"no slice {slot} ", error.Message, StringComparison.Ordinal);
        Assert.Contains("0, 1, 2", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2), InlineData(-1), InlineData(int.MaxValue), InlineData(int.MinValue)]
    public void An_unknown_host_is_named_with_those_there_are(int host)
    {
        SlicePoolException error = Assert.Throws<SlicePoolException>(() => Hosts([0, host]));
        Assert.Equal("InvalidSelection", error.ErrorId);
        Assert.Contains($"no host {host} ", error.Message, StringComparison.Ordinal);
        Assert.Contains("0 to 1", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void Zero_hosts_is_an_error()
    {
        SlicePoolException slices = Assert.Throws<SlicePoolException>(() => Slots([]));
        SlicePoolException hosts = Assert.Throws<SlicePoolException>(() => Hosts([]));
        Assert.Equal(("InvalidSelection", "No slice of this pool was chosen."), (slices.ErrorId, slices.Message));
        Assert.Equal(("InvalidSelection", "No host of this pool was chosen."), (hosts.ErrorId, hosts.Message));
        Assert.Contains("0, 1, 2", slices.RecommendedAction, StringComparison.Ordinal);
        Assert.Contains("0 to 1", hosts.RecommendedAction, StringComparison.Ordinal);
    }

    private static int[] Slots(int[]? chosen) => [.. RunSelection.Slices(new RunRequest { Script = "", SliceIds = chosen }, s_pool).Select(slice => slice.Slot)];

    private static IReadOnlyList<int> Hosts(int[]? chosen) => RunSelection.HostIds(new RunRequest { Script = "", HostIds = chosen }, s_pool[0]);
}
