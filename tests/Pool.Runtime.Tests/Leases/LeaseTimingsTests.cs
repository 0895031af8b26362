using CsCheck;
using Eformer.Pool.Leases;

namespace Eformer.Pool.Tests.Leases;

/// <summary>A lease's deadlines: how they must lie to each other, whatever the life.</summary>
public class LeaseTimingsTests
{
    private static readonly Gen<LeaseTimings> s_timings =
        Gen.Long[LeaseTimings.Shortest.Ticks, LeaseTimings.Longest.Ticks].Select(ticks => LeaseTimings.Check(TimeSpan.FromTicks(ticks)));

    // Fractions of a tick are rounded.
    private static readonly TimeSpan s_rounding = TimeSpan.FromMicroseconds(1);

    [Fact]
    public void Three_renewals_may_fail_before_work_stops() =>
        s_timings.Sample(timings => (timings.RenewEvery * 3) + timings.RenewTimeout <= timings.StopAfter + s_rounding);

    [Fact]
    public void What_runs_has_its_grace_before_the_fence() =>
        s_timings.Sample(timings => timings.StopAfter + timings.KillGrace < timings.FenceAfter);

    [Fact]
    public void A_clock_may_run_a_quarter_too_slow_before_two_holders_overlap() =>
        s_timings.Sample(timings => timings.FenceAfter * 1.25 <= timings.Ttl + s_rounding);

    [Fact]
    public void A_renewal_is_given_up_before_the_next_is_due() =>
        s_timings.Sample(timings => timings.RenewTimeout > TimeSpan.Zero && timings.RenewTimeout < timings.RenewEvery && timings.RenewTimeout <= TimeSpan.FromSeconds(3));

    [Theory]
    [InlineData(10_000), InlineData(30_000), InlineData(3_600_000)]
    public void Lives_within_bounds_are_taken(long milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), LeaseTimings.Check(TimeSpan.FromMilliseconds(milliseconds)).Ttl);

    [Theory]
    [InlineData(0), InlineData(-1), InlineData(1), InlineData(9_999), InlineData(3_600_001), InlineData(-30_000)]
    public void Lives_out_of_bounds_are_refused_with_the_bounds(long milliseconds) => Refuses(TimeSpan.FromMilliseconds(milliseconds));

    [Fact]
    public void Absurd_lives_are_refused()
    {
        Refuses(TimeSpan.MaxValue);
        Refuses(TimeSpan.MinValue);
        Refuses(Timeout.InfiniteTimeSpan);
    }

    private static void Refuses(TimeSpan ttl)
    {
        SlicePoolException error = Assert.Throws<SlicePoolException>(() => LeaseTimings.Check(ttl));
        Assert.Equal(("InvalidLease", PoolErrorCategory.InvalidArgument), (error.ErrorId, error.Category));
        Assert.Contains("10 to 3600 seconds", error.RecommendedAction, StringComparison.Ordinal);
    }
}
