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
        string first = "info: X[101] Host s-0.0 accepted a lease of pool night, epoch 4\ninfo: X[107] Host s-0.0 is clear of its lease, epoch 4\n"
            + "info: X[101] Host s-0.0 accepted a lease of pool day, epoch 6";
        string second = "info: X[101] Host s-0.0 accepted a lease of pool night, epoch 9";
        LeaseStep[] steps = [.. LeaseHistory.Read(first, second)];
        Assert.Equal([(4L, true), (4L, false), (6L, true), (6L, false), (9L, true), (9L, false)], steps.Select(step => (step.Epoch, step.Accepted)));
        Assert.Empty(LeaseHistory.Faults(steps));
    }

    [Fact]
    public void An_empty_history_proves_nothing() => Assert.ThrowsAny<Exception>(() => LeaseHistory.Check([]));
}
