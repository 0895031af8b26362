using Eformer.Pool.Leases;
using Eformer.Pool.Runs;
using Eformer.Pool.Store;
using Eformer.Pool.Tests.Support;

namespace Eformer.Pool.Tests.Runs;

/// <summary>Whoever attaches to a run while the store is away for his first read of its log, and knows only that hosts have ended.</summary>
public sealed class KnownEndsTests
{
    private static readonly RunRequest s_once = new() { Script = "", RunId = CollectedRuns.RunId };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_a_host_wrote_is_waited_for(bool isDriver)
    {
        await using CollectedRuns runs = new(s_once, slices: 1);
        RunCollector run = await AttachAsync(runs, isDriver);
        Assert.False(run.Records.TryPeek(out _));
        runs.Store.IsAway = false;
        await runs.PassUntilAsync(() => run.Ended.IsCompleted, "the run ends");
        await runs.ReadAsync(RecordKind.Output, 0);
        AttemptEnd? end = await runs.ReadAsync(RecordKind.End, 0);
        Assert.Equal((RunOutcome.Failed, "as the host wrote"), (end!.Outcome, end.Evidence));
    }

    [Fact]
    public async Task Where_the_log_tells_no_more_its_entry_was_received()
    {
        await using CollectedRuns runs = new(s_once, slices: 1);
        runs.DriveAgain(new LogEnd(runs.Targets[0].Key, 1, RunOutcome.Failed));
        AttemptEnd? end = await runs.ReadAsync(RecordKind.End, 0);
        Assert.Equal("the store's record of the run; its signed entry was received by the run's driver", end!.Evidence);
    }

    [Fact]
    public async Task Who_stops_the_run_does_not_wait_for_the_store()
    {
        await using CollectedRuns runs = new(s_once, slices: 1);
        RunCollector run = await AttachAsync(runs, isDriver: true);
        await Assert.ThrowsAsync<SlicePoolException>(() => run.CancelAsync(TestContext.Current.CancellationToken));
        await EndsUnreadAsync(runs, run);
    }

    [Fact]
    public async Task Who_has_lost_the_lease_does_not_wait_for_the_store()
    {
        await using CollectedRuns runs = new(s_once, slices: 1);
        RunCollector run = await AttachAsync(runs, isDriver: true);
        runs.Slices[0].Take(new HolderEvent.HostLost(), runs.Clock);
        await EndsUnreadAsync(runs, run);
    }

    // The host has written something, and that it failed.
    private static async Task<RunCollector> AttachAsync(CollectedRuns runs, bool isDriver)
    {
        runs.Store.Append(runs.Entry(runs.Output(0), runs.End(0, RunOutcome.Failed)));
        runs.Store.IsAway = true;
        LogEnd known = new(runs.Targets[0].Key, 1, RunOutcome.Failed);
        RunCollector run = isDriver ? runs.DriveAgain(known) : runs.LookOn(known);
        await runs.PassUntilAsync(() => runs.Store.Unanswered > 2, "the fleet is asked for again and again");
        return run;
    }

    private static async Task EndsUnreadAsync(CollectedRuns runs, RunCollector run)
    {
        await runs.PassUntilAsync(() => run.Ended.IsCompleted, "the run ends");
        AttemptEnd? end = await runs.ReadAsync(RecordKind.End, 0);
        Assert.Equal((RunOutcome.Failed, "the store's record of the run; its log could not be read"), (end!.Outcome, end.Evidence));
    }
}
