using Eformer.Pool.Runs;
using Eformer.Pool.Tests.Support;

namespace Eformer.Pool.Tests.Runs;

/// <summary>A run that is stopped: what its hosts that are tried again have for their one end.</summary>
public sealed class StoppedRunTests
{
    private static readonly RunRequest s_again = new() { Script = "", RunId = CollectedRuns.RunId, MaxFailureRetry = 3 };

    // The gang's host has failed, and the others are told to stop for the next attempt; then the run is stopped, and one fails by itself.
    [Theory]
    [InlineData(RetryScope.Host)]
    [InlineData(RetryScope.Slice)]
    [InlineData(RetryScope.Pool)]
    public async Task Who_ends_by_himself_after_the_stop_has_that_end(RetryScope scope)
    {
        await using CollectedRuns runs = new(s_again with { RetryScope = scope }, slices: 1, hosts: 2);
        RunCollector run = runs.Drive();
        runs.Write(runs.End(0, RunOutcome.Failed));
        await CollectedRuns.StandUntilAsync(() => runs.Targets[0].AttemptOver, "the first end is taken");
        await run.CancelAsync(TestContext.Current.CancellationToken);
        runs.Write(runs.End(1, RunOutcome.Failed));
        AttemptEnd[] ends = await runs.LastEndsAsync();
        Assert.Equal((RunOutcome.Cancelled, 2), (ends[0].Outcome, ends[0].Attempt));
        Assert.Equal((RunOutcome.Failed, 1, "as the host wrote"), (ends[1].Outcome, ends[1].Attempt, ends[1].Evidence));
    }

    // A run may be of thousands of hosts, and is looked at once a second for as long as it waits.
    [Fact]
    public async Task While_the_next_attempt_waits_a_stop_by_others_is_seen_without_reading_the_run()
    {
        await using CollectedRuns runs = new(s_again, slices: 1);
        runs.Whole = async (_, token) =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return runs.Slices;
        };
        RunCollector run = runs.Drive();
        runs.Write(runs.End(0, RunOutcome.Failed));
        await runs.ReadAsync(RecordKind.Retry, 0);
        runs.Store.IsCancelled = true;
        await runs.PassUntilAsync(() => run.Ended.IsCompleted, "the run ends");
        AttemptEnd? end = await runs.ReadAsync(RecordKind.End, 0);
        Assert.Equal((RunOutcome.Cancelled, 2), (end!.Outcome, end.Attempt));
        Assert.Equal(0, runs.Store.RunReads);
    }

    // What is read together is not in the order in which it was: the stop was wished for before it was read.
    [Fact]
    public async Task An_end_that_is_read_together_with_the_stop_is_the_last()
    {
        await using CollectedRuns runs = new(s_again with { RetryScope = RetryScope.Slice }, slices: 1, hosts: 2);
        RunCollector run = runs.Drive();
        runs.Store.Append(runs.Entry(runs.End(0, RunOutcome.Failed), runs.End(1, RunOutcome.Failed)));
        await run.CancelAsync(TestContext.Current.CancellationToken);
        await runs.PassUntilAsync(() => run.Ended.IsCompleted, "the run ends");
        Assert.All(await runs.LastEndsAsync(), end => Assert.Equal((RunOutcome.Failed, 1), (end.Outcome, end.Attempt)));
    }
}
