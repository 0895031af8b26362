using Eformer.Pool.Runs;
using Eformer.Pool.Tests.Support;

namespace Eformer.Pool.Tests.Runs;

/// <summary>Who looks on at a run that somebody else drives.</summary>
public sealed class RunOnlookerTests
{
    private static readonly RunRequest s_again = new() { Script = "", RunId = CollectedRuns.RunId, MaxFailureRetry = 1 };

    [Fact]
    public async Task Ends_that_were_held_are_told_when_the_run_was_removed()
    {
        await using CollectedRuns runs = new(s_again, slices: 2);
        RunCollector run = runs.LookOn();
        runs.Write(runs.End(0, RunOutcome.Failed), runs.End(1, RunOutcome.Succeeded));
        await runs.ReadAsync(RecordKind.End, 1);
        Assert.True(runs.Targets[0].AttemptOver);
        Assert.False(run.Records.TryPeek(out _));
        runs.Store.IsGone = true;
        await runs.PassUntilAsync(() => run.Ended.IsCompleted, "the run ends");
        AttemptEnd? end = await runs.ReadAsync(RecordKind.End, 0);
        Assert.Equal("as the host wrote; the run was removed, so no later attempt is known", end!.Evidence);
    }

    [Fact]
    public async Task Who_lets_go_stops_nothing_and_says_nothing()
    {
        await using CollectedRuns runs = new(s_again, slices: 1);
        RunCollector run = runs.LookOn();
        await run.DisposeAsync();
        AttemptEnd? end = await runs.ReadAsync(RecordKind.End, 0);
        Assert.Equal((RunOutcome.Unknown, "the driver let go of the pool; the run goes on"), (end!.Outcome, end.Evidence));
        Assert.Empty(runs.Store.Cancellations);
        Assert.Empty(runs.Store.Amendments);
    }
}
