using Eformer.Pool.Pools;
using Eformer.Pool.Runs;
using Eformer.Pool.Tests.Support;

namespace Eformer.Pool.Tests.Runs;

/// <summary>A run that goes on some hosts at a time: whose turn it is, while slices are being replaced.</summary>
public sealed class HostTurnsTests
{
    private static readonly RunRequest s_once = new() { Script = "", RunId = CollectedRuns.RunId };

    // The run goes on two hosts at a time, and the slice of the third is being replaced when its turn comes.
    [Fact]
    public async Task While_one_slice_is_waited_for_what_others_write_arrives_and_a_stop_is_heard()
    {
        await using CollectedRuns runs = new(s_once with { ThrottleLimit = 2 }, slices: 3);
        bool isAsked = false;
        runs.Whole = async (_, token) =>
        {
            isAsked = true;
            await Task.Delay(Timeout.Infinite, token);
            return runs.Slices;
        };
        RunCollector run = runs.Drive();
        runs.Write(runs.End(0, RunOutcome.Succeeded));
        await runs.ReadAsync(RecordKind.End, 0);
        await runs.PassUntilAsync(() => isAsked, "the slice is waited for");

        runs.Write(runs.Output(1));
        await runs.ReadAsync(RecordKind.Output, 1);
        await run.CancelAsync(TestContext.Current.CancellationToken);
        AttemptEnd? stopped = await runs.ReadAsync(RecordKind.End, 2);
        Assert.Equal((RunOutcome.Cancelled, 1), (stopped!.Outcome, stopped.Attempt));
        Assert.Single(runs.Store.Cancellations);
    }

    [Fact]
    public async Task While_one_slice_is_waited_for_hosts_of_others_have_their_turn()
    {
        await using CollectedRuns runs = new(s_once with { ThrottleLimit = 2 }, slices: 4);
        TaskCompletionSource<IReadOnlyList<HeldSlice>> whole = new();
        runs.Whole = (slots, _) => slots[0] == 2 ? whole.Task : Task.FromResult<IReadOnlyList<HeldSlice>>(runs.Slices);
        runs.Drive();
        runs.Write(runs.End(0, RunOutcome.Succeeded), runs.End(1, RunOutcome.Succeeded));
        await runs.ReadAsync(RecordKind.End, 0);
        await runs.ReadAsync(RecordKind.End, 1);
        runs.Write(runs.Output(3), runs.End(3, RunOutcome.Succeeded));
        await runs.ReadAsync(RecordKind.Output, 3);
        await runs.ReadAsync(RecordKind.End, 3);

        whole.SetResult(runs.Slices);
        await runs.PassUntilAsync(() => runs.Store.Amendments.Count == 2, "the host whose slice is whole again is told");
        runs.Write(runs.End(2, RunOutcome.Succeeded));
        await runs.ReadAsync(RecordKind.End, 2);
    }

    [Fact]
    public async Task A_host_whose_slice_will_not_be_whole_never_starts_and_the_others_do()
    {
        await using CollectedRuns runs = new(s_once with { ThrottleLimit = 1 }, slices: 3);
        runs.Whole = (slots, _) => slots[0] == 1
            ? Task.FromException<IReadOnlyList<HeldSlice>>(new SlicePoolException("LeaseLost", PoolErrorCategory.ResourceUnavailable, "It is lost."))
            : Task.FromResult<IReadOnlyList<HeldSlice>>(runs.Slices);
        runs.Drive();
        runs.Write(runs.End(0, RunOutcome.Succeeded));
        await runs.ReadAsync(RecordKind.End, 0);
        AttemptEnd? lost = await runs.ReadAsync(RecordKind.End, 1);
        Assert.Equal((RunOutcome.NeverStarted, 1, "It is lost."), (lost!.Outcome, lost.Attempt, lost.Evidence));
        await runs.PassUntilAsync(() => runs.Store.Amendments.Count == 1, "the last host is told");
    }

    // No time passes: nothing is due at the next poll.
    [Fact]
    public async Task After_a_turn_that_failed_it_is_the_next_hosts_at_once()
    {
        await using CollectedRuns runs = new(s_once with { ThrottleLimit = 1 }, slices: 3);
        TaskCompletionSource<IReadOnlyList<HeldSlice>> whole = new();
        bool isAsked = false;
        runs.Whole = (slots, _) =>
        {
            isAsked = true;
            return slots[0] == 1 ? whole.Task : Task.FromResult<IReadOnlyList<HeldSlice>>(runs.Slices);
        };
        runs.Drive();
        runs.Write(runs.End(0, RunOutcome.Succeeded));
        await runs.ReadAsync(RecordKind.End, 0);
        await CollectedRuns.StandUntilAsync(() => isAsked, "the slice is waited for");
        whole.SetException(new SlicePoolException("LeaseLost", PoolErrorCategory.ResourceUnavailable, "It is lost."));
        await runs.ReadAsync(RecordKind.End, 1);
        await CollectedRuns.StandUntilAsync(() => runs.Store.Amendments.Count == 1, "the last host is told");
    }

    [Fact]
    public async Task What_the_store_did_not_take_is_sent_again()
    {
        await using CollectedRuns runs = new(s_once with { ThrottleLimit = 1 }, slices: 2);
        runs.Drive();
        runs.Store.IsAway = true;
        runs.Write(runs.End(0, RunOutcome.Succeeded));
        await runs.ReadAsync(RecordKind.End, 0);
        await runs.PassUntilAsync(() => runs.Targets[1].Attempt == 1, "its turn has come");
        Assert.Empty(runs.Store.Amendments);
        runs.Store.IsAway = false;
        await runs.PassUntilAsync(() => runs.Store.Amendments.Count == 1, "it is told");
        Assert.Equal(1, runs.Targets[1].Attempt);
    }
}
