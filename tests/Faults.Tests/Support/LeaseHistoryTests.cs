using Xunit;

namespace Eformer.Pool.Faults.Tests.Support;

/// <summary>The checker itself, against histories that are known to be bad.</summary>
public class LeaseHistoryTests
{
    [Fact]
    public void A_right_history_has_no_faults() =>
        Assert.Empty(LeaseHistory.Faults([new("a", 1, true), new("b", 1, true), new("a", 1, false), new("a", 3, true), new("b", 1, false)]));

    [Fact]
    public void Two_leases_at_once_are_found() =>
        Assert.Equal(["a accepted epoch 2 while it held 1"], LeaseHistory.Faults([new("a", 1, true), new("b", 2, true), new("a", 2, true)]));

    [Theory]
    [InlineData(2)]
    [InlineData(1)]
    public void An_epoch_that_does_not_rise_is_found(long next) =>
        Assert.Equal([$"a accepted epoch {next} after 2"], LeaseHistory.Faults([new("a", 2, true), new("a", 2, false), new("a", next, true)]));

    [Fact]
    public void Logs_are_read_and_a_killed_life_ends_its_leases()
    {
        // The last life goes on, so what it holds is held.
        string first = "info: X[101] Host s-0.0 accepted a lease of pool night, epoch 4\ninfo: X[107] Host s-0.0 is clear of its lease, epoch 4\n"
            + "info: X[101] Host s-0.0 accepted a lease of pool day, epoch 6";
        string second = "info: X[101] Host s-0.0 accepted a lease of pool night, epoch 9";
        LeaseStep[] steps = [.. LeaseHistory.Read(first, second)];
        Assert.Equal([(4L, true), (4L, false), (6L, true), (6L, false), (9L, true)], steps.Select(step => (step.Epoch, step.Accepted)));
        Assert.Empty(LeaseHistory.Faults(steps));
        Assert.Equal(["s-0.0 holds epoch 9 at the end"], LeaseHistory.Kept(steps));
    }

    [Fact]
    public void The_end_of_another_lease_ends_none() => Assert.Equal(
        ["a cleared epoch 1 while it held 2", "a accepted epoch 3 while it held 2"],
        LeaseHistory.Faults([new("a", 1, true), new("a", 1, false), new("a", 2, true), new("a", 1, false), new("a", 3, true)]));

    [Fact]
    public void An_end_without_a_beginning_is_found() =>
        Assert.Equal(["a cleared epoch 1 while it held 0"], LeaseHistory.Faults([new("a", 1, false)]));

    [Fact]
    public void What_stays_leased_for_ever_is_found()
    {
        LeaseStep[] steps = [new("a", 1, true), new("b", 1, true), new("a", 1, false)];
        LeaseHistory.Check(steps);
        Assert.Equal(["b holds epoch 1 at the end"], LeaseHistory.Kept(steps));
        Assert.ThrowsAny<Exception>(() => LeaseHistory.CheckFreed(steps));
    }

    // Histories of hosts that follow the rules, each spoilt in one place: the checker must see every one.
    [Fact]
    public void A_right_history_that_is_spoilt_anywhere_is_found()
    {
        LeaseStep[] right = [.. Enumerable.Range(1, 12).SelectMany(epoch => (LeaseStep[])[new($"h{epoch % 3}", epoch, true), new($"h{epoch % 3}", epoch, false)])];
        Assert.Empty(LeaseHistory.Faults(right));
        for (int i = 0; i < right.Length; i++)
        {
            LeaseStep[] without = [.. right[..i], .. right[(i + 1)..]];
            bool isLast = !without.Skip(i).Any(step => step.Host == right[i].Host);
            Assert.True(LeaseHistory.Faults(without).Count > 0 || (isLast && LeaseHistory.Kept(without).Count > 0), $"step {i} is missing");
            LeaseStep[] twice = [.. right[..i], right[i], .. right[i..]];
            Assert.True(LeaseHistory.Faults(twice).Count > 0, $"step {i} is there twice");
            LeaseStep[] older = [.. right[..i], right[i] with { Epoch = 0 }, .. right[(i + 1)..]];
            Assert.True(LeaseHistory.Faults(older).Count > 0, $"step {i} is of an older lease");
        }
    }

    [Fact]
    public void An_empty_history_proves_nothing() => Assert.ThrowsAny<Exception>(() => LeaseHistory.Check([]));
}
