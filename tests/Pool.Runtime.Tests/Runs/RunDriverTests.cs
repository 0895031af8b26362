using Eformer.Pool.Pools;
using Eformer.Pool.Runs;
using Eformer.Pool.Store;
using Eformer.Pool.Tests.Support;

namespace Eformer.Pool.Tests.Runs;

/// <summary>What a run's driver does about attempts, and tells the store of them.</summary>
public sealed class RunDriverTests
{
    private static readonly RunRequest s_once = new() { Script = "", RunId = CollectedRuns.RunId };
    private static readonly RunRequest s_again = s_once with { MaxPreemptionRetry = 1 };

    [Fact]
    public async Task Ends_that_come_together_are_told_to_the_store_together_and_first()
    {
        await using CollectedRuns runs = new(s_again, slices: 2, hosts: 3);
        runs.Drive();
        runs.Write(Enumerable.Range(0, 6).Select(host => runs.End(host, RunOutcome.Failed)));
        await runs.ReadAsync();
        RunAmendment told = Assert.Single(runs.Store.Amendments);
        Assert.Equal(6, told.Listing.Settled);
    }

    [Fact]
    public async Task Ends_that_only_the_store_knows_are_told_together()
    {
        await using CollectedRuns runs = new(s_again, slices: 2, hosts: 2);
        runs.DriveAgain([.. runs.Targets.Select(target => new LogEnd(target.Key, 1, RunOutcome.Failed))]);
        Assert.All(await runs.ReadEndsAsync(), end => Assert.Equal(RunOutcome.Failed, end.Outcome));
        Assert.Equal(4, Assert.Single(runs.Store.Amendments).Listing.Settled);
    }

    [Fact]
    public async Task Where_nothing_can_follow_nothing_is_told_to_the_store()
    {
        await using CollectedRuns runs = new(s_once, slices: 1, hosts: 2);
        runs.Drive();
        runs.Write(runs.End(0, RunOutcome.Failed), runs.End(1, RunOutcome.Succeeded));
        Assert.Equal([RunOutcome.Failed, RunOutcome.Succeeded], (await runs.ReadEndsAsync()).Select(end => end.Outcome));
        Assert.Empty(runs.Store.Amendments);
    }

    [Fact]
    public async Task Where_no_other_attempt_can_be_made_the_last_one_counts()
    {
        await using CollectedRuns runs = new(s_again with { RetryScope = RetryScope.Pool }, slices: 2);
        runs.Whole = (_, _) => Task.FromException<IReadOnlyList<HeldSlice>>(new SlicePoolException("LeaseLost", PoolErrorCategory.ResourceUnavailable, "It is lost."));
        runs.Drive();
        runs.Write(runs.End(1, RunOutcome.Succeeded), runs.End(0, RunOutcome.HostLost));
        await runs.ReadAsync(RecordKind.Retry, 1);
        await runs.ReadAsync(RecordKind.Retry, 0);
        await runs.PassUntilAsync(() => runs.Store.Amendments.Count > 0, "it is said that these were the last");
        AttemptEnd[] ends = await runs.ReadEndsAsync();
        Assert.Equal([RunOutcome.HostLost, RunOutcome.Succeeded], ends.Select(end => end.Outcome));
        Assert.All(ends, end => Assert.Equal("as the host wrote; no other attempt was made: It is lost.", end.Evidence));
        Assert.Equal(2, Assert.Single(runs.Store.Amendments).Listing.Settled);
    }

    [Fact]
    public async Task Another_attempt_that_falls_into_an_outage_is_made_when_the_store_is_back()
    {
        await using CollectedRuns runs = new(s_again, slices: 1);
        runs.Drive();
        runs.Write(runs.End(0, RunOutcome.HostLost));
        await runs.ReadAsync(RecordKind.Retry, 0);
        int asked = runs.Store.Unanswered;
        runs.Store.IsAway = true;
        await runs.PassUntilAsync(() => runs.Store.Unanswered > asked + 4, "the fleet is asked for again and again");
        runs.Store.IsAway = false;
        await runs.PassUntilAsync(() => runs.Store.Amendments.Count == 1, "the next attempt is sent");
        runs.Write(runs.End(0, RunOutcome.Succeeded, attempt: 2));
        AttemptEnd? end = await runs.ReadAsync(RecordKind.End, 0);
        Assert.Equal((RunOutcome.Succeeded, 2), (end!.Outcome, end.Attempt));
    }

    // The store was away when it was attached, and its entries are read later than it says that a host has ended.
    [Fact]
    public async Task An_end_that_was_not_read_yet_is_tried_again_with_its_gang()
    {
        await using CollectedRuns runs = new(s_again with { RetryScope = RetryScope.Slice }, slices: 1, hosts: 2);
        runs.DriveAgain(new LogEnd(runs.Targets[0].Key, 1, RunOutcome.Succeeded));
        await runs.PassUntilAsync(() => runs.Targets[0].AttemptOver, "the end is taken");
        runs.Write(runs.End(1, RunOutcome.HostLost));
        await runs.ReadAsync(RecordKind.Retry, 0);
        await runs.ReadAsync(RecordKind.Retry, 1);
        await runs.PassUntilAsync(() => runs.Store.Amendments.Count == 1, "the next attempt is sent");
        runs.Write(runs.End(0, RunOutcome.Succeeded, attempt: 2), runs.End(1, RunOutcome.Succeeded, attempt: 2));
        Assert.All(await runs.ReadEndsAsync(), end => Assert.Equal((RunOutcome.Succeeded, 2), (end.Outcome, end.Attempt)));
    }

    [Fact]
    public async Task A_wish_to_stop_that_the_store_did_not_hear_is_repeated()
    {
        await using CollectedRuns runs = new(s_once, slices: 1);
        RunCollector run = runs.Drive();
        runs.Store.IsAway = true;
        await Assert.ThrowsAsync<SlicePoolException>(() => run.CancelAsync(TestContext.Current.CancellationToken));
        runs.Store.IsAway = false;
        await runs.PassUntilAsync(() => runs.Store.Cancellations.Count == 1, "the hosts are told");
        runs.Write(runs.End(0, RunOutcome.Cancelled));
        AttemptEnd? end = await runs.ReadAsync(RecordKind.End, 0);
        Assert.Equal((RunOutcome.Cancelled, "as the host wrote"), (end!.Outcome, end.Evidence));
    }

    [Fact]
    public async Task A_host_that_does_not_confirm_a_stop_is_not_waited_for()
    {
        await using CollectedRuns runs = new(s_once, slices: 1);
        RunCollector run = runs.Drive();
        await run.CancelAsync(TestContext.Current.CancellationToken);
        await runs.PassUntilAsync(() => run.Ended.IsCompleted, "the run ends");
        AttemptEnd? end = await runs.ReadAsync(RecordKind.End, 0);
        Assert.Equal((RunOutcome.Unknown, "the host did not confirm the stop in time"), (end!.Outcome, end.Evidence));
        Assert.Single(runs.Store.Cancellations);
    }

    [Fact]
    public async Task An_end_is_not_told_before_the_store_knows_that_it_was_the_last()
    {
        await using CollectedRuns runs = new(s_again, slices: 1);
        RunCollector run = runs.Drive();
        runs.Store.IsAway = true;
        runs.Write(runs.End(0, RunOutcome.Failed));
        await runs.PassUntilAsync(() => runs.Store.Refused > 1, "the driver tries to say it");
        Assert.False(run.Records.TryPeek(out _));
        runs.Store.IsAway = false;
        await runs.PassUntilAsync(() => run.Ended.IsCompleted, "the run ends");
        await runs.ReadAsync(RecordKind.End, 0);
    }

    [Fact]
    public async Task A_host_that_has_ended_after_all_keeps_its_own_end()
    {
        await using CollectedRuns runs = new(s_once, slices: 1);
        runs.Store.Fleet = Fleets.Of();
        byte[] own = runs.Entry(runs.End(0, RunOutcome.Succeeded));
        runs.Store.OnJudge = () =>
        {
            runs.Store.Append(own);
            return AppendStatus.Fenced;
        };
        RunCollector run = runs.Drive();
        await runs.PassUntilAsync(() => run.Ended.IsCompleted, "the run ends");
        AttemptEnd? end = await runs.ReadAsync(RecordKind.End, 0);
        Assert.Equal((RunOutcome.Succeeded, "as the host wrote"), (end!.Outcome, end.Evidence));
        Assert.False(run.Records.TryRead(out _));
    }
}
