using CsCheck;
using Eformer.Pool.Leases;

namespace Eformer.Pool.Tests.Leases;

/// <summary>The fence: the one thing between two holders of a host.</summary>
public class FenceTests
{
    private static readonly Gen<(int Action, int Lease, long Epoch)[]> s_histories =
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 3], Gen.Long[0, 6]).Array[1, 40];

    [Fact]
    public void Accepted_epochs_only_rise_and_no_ended_lease_is_revived() => s_histories.Sample(history =>
    {
        Fence fence = Fence.None;
        HashSet<(string, long)> ended = [];
        foreach ((int action, int number, long epoch) in history)
        {
            string lease = $"lease-{number}";
            bool again = fence.Held && fence.LeaseId == lease && fence.Epoch == epoch;
            if (action == 0)
            {
                ended.Add((fence.LeaseId, fence.Epoch));
                fence = fence.Ended();
            }
            else if (fence.Accepts(lease, epoch))
            {
                Assert.True(again || epoch > fence.Epoch, "an epoch that is not higher was accepted");
                Assert.True(again || !fence.Held, "a lease was accepted over one that is held");
                Assert.DoesNotContain((lease, epoch), ended);
                fence = new Fence(epoch, lease, "generation", Held: true);
            }
        }
    });

    [Fact]
    public void Only_the_held_lease_gives_rights() =>
        Gen.Select(Gen.Bool, Gen.Int[0, 2], Gen.Long[0, 3], Gen.Int[0, 2], Gen.Long[0, 3]).Sample((held, mine, epoch, asked, askedEpoch) =>
            new Fence(epoch, $"lease-{mine}", "", held).Allows($"lease-{asked}", askedEpoch) == (held && mine == asked && epoch == askedEpoch));

    [Fact]
    public void A_host_that_never_held_a_lease_allows_none_and_accepts_the_first()
    {
        Assert.False(Fence.None.Allows("", 0));
        Assert.False(Fence.None.Accepts("", 0));
        Assert.True(Fence.None.Accepts("lease", 1));
    }

    [Fact]
    public void The_same_epoch_with_another_lease_is_refused() =>
        Assert.False(new Fence(5, "one", "", Held: true).Accepts("other", 5));

    [Fact]
    public void The_identical_lease_is_accepted_again_only_while_it_is_held()
    {
        Fence held = new(5, "one", "", Held: true);
        Assert.True(held.Accepts("one", 5));
        Assert.False(held.Ended().Accepts("one", 5));
    }

    [Theory]
    [InlineData(-1), InlineData(long.MinValue)]
    public void An_epoch_below_zero_is_never_accepted(long epoch)
    {
        Assert.False(Fence.None.Accepts("lease", epoch));
        Assert.False(new Fence(5, "one", "", Held: false).Accepts("lease", epoch));
    }
}
