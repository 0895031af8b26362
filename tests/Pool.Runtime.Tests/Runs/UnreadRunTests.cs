using Eformer.Pool.Runs;
using Eformer.Pool.Tests.Support;

namespace Eformer.Pool.Tests.Runs;

/// <summary>A run that is let go of while its reader has not read all that it was handed.</summary>
public sealed class UnreadRunTests
{
    // More than is kept for a reader.
    private const int Many = 2000;

    [Fact]
    public async Task Every_host_has_its_end_although_there_was_no_room_for_it()
    {
        await using CollectedRuns runs = new(new RunRequest { Script = "" }, slices: 2);
        RunCollector run = runs.Drive();
        runs.Write(Enumerable.Repeat(runs.Output(0), Many));
        await CollectedRuns.StandUntilAsync(() => run.Records.Count == 1024, "there is no more room");
        await run.DetachAsync();
        Assert.All(await runs.LastEndsAsync(), end => Assert.Equal(RunOutcome.Unknown, end.Outcome));
        await run.Records.Completion.WaitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task An_end_that_waited_for_room_is_told()
    {
        await using CollectedRuns runs = new(new RunRequest { Script = "" }, slices: 2);
        RunCollector run = runs.Drive();
        runs.Write(Enumerable.Repeat(runs.Output(0), 1024).Append(runs.End(0, RunOutcome.Succeeded)));
        await CollectedRuns.StandUntilAsync(() => runs.Targets[0].Ended, "the end is to be told");
        await run.DetachAsync();
        Assert.Equal([RunOutcome.Succeeded, RunOutcome.Unknown], (await runs.LastEndsAsync()).Select(end => end.Outcome));
        await run.Records.Completion.WaitAsync(TestContext.Current.CancellationToken);
    }
}
