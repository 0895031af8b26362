using Eformer.Pool.Envelopes;
using Eformer.Pool.Runs;
using Eformer.Pool.Runs.Onlooking;
using Eformer.Pool.Tests.Support;

namespace Eformer.Pool.Tests.Runs;

/// <summary>What who looks on is not told yet.</summary>
public class HeldEndsTests
{
    private static readonly AttemptEnd s_failed = new() { Outcome = RunOutcome.Failed, Evidence = "exit code 3" };
    private static readonly AttemptEnd s_good = new() { Outcome = RunOutcome.Succeeded, Evidence = "the script ended" };
    private readonly RunTarget _target = Fleets.Target(Fleets.Held(0, Fleets.Host("a")));

    [Fact]
    public void Only_ends_that_another_attempt_may_replace_are_held()
    {
        Assert.False(new HeldEnds(retries: false, together: false).Take(_target, s_failed));
        Assert.False(new HeldEnds(retries: true, together: false).Take(_target, s_good));
        Assert.False(_target.AttemptOver);
        Assert.True(new HeldEnds(retries: true, together: false).Take(_target, s_failed));
        Assert.True(_target.AttemptOver);
        Assert.True(new HeldEnds(retries: true, together: true).Take(_target, s_good));

        _target.Settle();
        Assert.False(new HeldEnds(retries: true, together: true).Take(_target, s_failed));
    }

    [Fact]
    public void An_end_is_final_once_the_driver_says_so_or_is_gone()
    {
        HeldEnds held = Holding(s_failed);
        Assert.Null(held.Follow(_target, _target.Place, isDriven: true, now: 0));
        Assert.Equal(s_failed, held.Follow(_target, _target.Place with { Settled = true }, isDriven: true, now: 0));
        Assert.Null(held.Follow(_target, _target.Place with { Settled = true }, isDriven: true, now: 0));
        Assert.Equal(s_failed, Holding(s_failed).Follow(_target, _target.Place, isDriven: false, now: 0));
    }

    [Fact]
    public void An_end_that_another_attempt_followed_is_none()
    {
        HeldEnds held = Holding(s_failed);
        RunPlace elsewhere = _target.Place with { Attempt = 2, Host = "b" };
        Assert.Null(held.Follow(_target, elsewhere, isDriven: true, now: 7));
        Assert.Equal(("b", 2, 7, true), (_target.Place.Host, _target.Attempt, _target.SentAt, _target.IsActive));
        Assert.Null(held.Follow(_target, elsewhere with { Settled = true }, isDriven: false, now: 0));
        Assert.Empty(held.TakeRemoved());
    }

    [Fact]
    public void An_end_that_was_read_before_its_attempt_was_told_of_is_that_of_the_attempt()
    {
        AttemptEnd second = s_failed with { Attempt = 2 };
        HeldEnds held = Holding(second);
        Assert.Null(held.Follow(_target, _target.Place with { Attempt = 2 }, isDriven: true, now: 0));
        Assert.True(_target.AttemptOver);
        Assert.Equal(second, held.Follow(_target, _target.Place with { Settled = true }, isDriven: true, now: 0));
    }

    [Fact]
    public void What_is_held_when_the_run_is_removed_is_final_as_far_as_anybody_knows()
    {
        HeldEnds held = Holding(s_failed);
        (RunTarget target, AttemptEnd end) = Assert.Single(held.TakeRemoved());
        Assert.Equal((_target, RunOutcome.Failed), (target, end.Outcome));
        Assert.Equal("exit code 3; the run was removed, so no later attempt is known", end.Evidence);
        Assert.Empty(held.TakeRemoved());
    }

    private HeldEnds Holding(AttemptEnd end)
    {
        HeldEnds held = new(retries: true, together: false);
        Assert.True(held.Take(_target, end));
        return held;
    }
}
