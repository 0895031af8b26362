using Acme.Functions;
using Eformer.Pool.Functions;
using Eformer.Pool.Runs;

namespace Eformer.Pool.Tests.Functions;

public sealed class ValueGathererTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Values_come_by_slot_and_host_whatever_order_they_came_in()
    {
        ReadyRun run = new ReadyRun(2, 2).Gives(3, "4").Ends(3).Gives(0, "1").Ends(0).Gives(2, "3").Ends(2).Gives(1, "2").Ends(1);
        HostResults<int> results = (await GatherAsync(run)).Single();
        Assert.Equal([1, 2, 3, 4], results.Values);
        Assert.Equal((3, 1, 0), (results[1, 0].Value, results[1, 0].SliceId, results[1, 0].HostId));
        Assert.Throws<KeyNotFoundException>(() => results[2, 0]);
        Assert.Equal("4 of 4 succeeded", results.ToString());
        SliceResults<int> slices = new(results);
        Assert.Equal(["s0: 2 of 2 succeeded", "s1: 2 of 2 succeeded"], slices.Select(slice => slice.ToString()));
        Assert.Equal([3, 4], slices[1].Values);
    }

    [Fact]
    public async Task A_host_that_failed_costs_its_own_result_only()
    {
        ReadyRun run = new ReadyRun(2, 2).Gives(0, "1").Ends(0)
            .Throws(1, new InvalidOperationException("outer", new FormatException("inner"))).Ends(1, RunOutcome.Failed)
            .Gives(2, "3").Ends(2).Ends(3, RunOutcome.HostLost);
        HostResults<int> results = (await GatherAsync(run)).Single();
        Assert.Equal([1, 3], results.Succeeded.Select(result => result.Value));
        Assert.Equal([RunOutcome.Failed, RunOutcome.HostLost], results.Failed.Select(result => result.Outcome));
        RemoteException thrown = Assert.IsType<RemoteException>(results[1].Exception);
        Assert.Equal(("System.InvalidOperationException", "outer", "inner"), (thrown.RemoteType, thrown.Message, thrown.InnerException!.Message));
        HostRunException error = Assert.Throws<HostRunException>(() => results.Values);
        Assert.Equal((RunOutcome.Failed, thrown), (error.Outcome, error.InnerException));
        Assert.Null(Assert.Throws<HostRunException>(() => results[3].Value).InnerException);
        SliceResults<int> slices = new(results);
        Assert.Empty(slices.Succeeded);
        Assert.Equal("0 of 2 succeeded", slices.ToString());
    }

    [Fact]
    public async Task What_an_attempt_gave_that_is_made_again_does_not_count()
    {
        ReadyRun run = new ReadyRun(1, 1).Gives(0, "1", "2").Throws(0, new FormatException("first")).Ends(0, RunOutcome.Failed, RecordKind.Retry).Gives(0, "3").Ends(0);
        ValueGatherer<int> values = await GatherAsync(run);
        Assert.Equal([3], values.Single().Values);
        Assert.Equal([[3]], values.Lists().Values);
        Assert.Equal([1L], values.Counts().Values);
    }

    [Fact]
    public async Task Items_keep_their_order_over_records()
    {
        ReadyRun run = new ReadyRun(1, 2).Gives(0, "1", "2").Gives(1, "10").Gives(0, "3").Ends(0).Ends(1);
        ValueGatherer<int> values = await GatherAsync(run);
        Assert.Equal([[1, 2, 3], [10]], values.Lists().Values);
        Assert.Equal([3L, 1L], values.Counts().Values);
    }

    [Theory]
    [InlineData(new byte[] { 1, (byte)'"', (byte)'x', (byte)'"' })]
    [InlineData(new byte[] { 1, (byte)'{' })]
    [InlineData(new byte[] { 2, (byte)'1' })]
    [InlineData(new byte[] { })]
    public async Task A_value_that_cannot_be_read_fails_its_host_and_says_so(byte[] data)
    {
        ReadyRun run = new ReadyRun(1, 2).Writes(0, RecordKind.Value, data).Ends(0).Gives(1, "2").Ends(1);
        HostResults<int> results = (await GatherAsync(run)).Single();
        Assert.Equal((false, true), (results[0].Succeeded, results[1].Succeeded));
        Assert.Equal("ResultUnreadable", Assert.IsType<SlicePoolException>(results[0].Exception).ErrorId);
    }

    [Theory]
    [InlineData(typeof(ArgumentException))]
    [InlineData(typeof(FormatException))]
    [InlineData(typeof(InvalidOperationException))]
    [InlineData(typeof(OverflowException))]
    [InlineData(typeof(SulkyException))]
    public async Task A_value_that_its_own_type_refuses_fails_its_host_only(Type thrown)
    {
        ReadyRun run = new ReadyRun(1, 2).Gives(0, Picky.Json(thrown)).Ends(0).Gives(1, "{\"Of\":\"\"}").Ends(1);
        HostResults<Picky> results = (await GatherAsync<Picky>(run)).Single();
        Assert.Equal((false, true), (results[0].Succeeded, results[1].Succeeded));
        SlicePoolException error = Assert.IsType<SlicePoolException>(results[0].Exception);
        Assert.Equal("ResultUnreadable", error.ErrorId);
        Assert.IsType(thrown, error.InnerException);
    }

    [Theory]
    [InlineData("0 values came")]
    [InlineData("2 values came", "1", "2")]
    [InlineData("3 values came", "1", "2", "3")]
    public async Task One_that_did_not_give_one_value_has_no_invented_one(string said, params string[] values)
    {
        ReadyRun run = new ReadyRun(1, 2).Ends(0).Gives(1, "7").Ends(1);
        run = values.Length == 0 ? run : new ReadyRun(1, 2).Gives(0, values).Ends(0).Gives(1, "7").Ends(1);
        HostResults<int> results = (await GatherAsync(run)).Single();
        Assert.Equal((false, true), (results[0].Succeeded, results[1].Succeeded));
        SlicePoolException error = Assert.IsType<SlicePoolException>(results[0].Exception);
        Assert.Equal("ResultUnreadable", error.ErrorId);
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
        Assert.Throws<HostRunException>(() => results[0].Value);
    }

    [Fact]
    public async Task What_else_is_known_of_a_host_without_a_value_stays()
    {
        AttemptEnd cut = new() { Outcome = RunOutcome.Succeeded, Evidence = "e", OutputBytes = 200, OutputLimit = 100 };
        ReadyRun run = new ReadyRun(1, 4).Throws(0, new FormatException("why")).Ends(0, RunOutcome.Failed).Ends(1, RunOutcome.HostLost).Ends(2, cut).Gives(3, "{").Ends(3);
        HostResults<int> results = (await GatherAsync(run)).Single();
        Assert.Equal("why", Assert.IsType<RemoteException>(results[0].Exception).Message);
        Assert.Null(results[1].Exception);
        Assert.Equal("OutputTruncated", Assert.IsType<SlicePoolException>(results[2].Exception).ErrorId);
        Assert.DoesNotContain("values came", results[3].Exception!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_function_that_gives_nothing_succeeds_without_a_value()
    {
        ReadyRun run = new ReadyRun(1, 1).Ends(0);
        Assert.Equal([default], (await GatherAsync<NoValue>(run)).Single().Values);
    }

    [Fact]
    public async Task What_a_script_wrote_is_neither_a_list_nor_nothing()
    {
        ReadyRun run = new ReadyRun(1, 2).Writes(0, RecordKind.Output, [1]).Ends(0).Gives(1, "1").Ends(1);
        HostResults<IReadOnlyList<int>> lists = (await GatherAsync(run)).Lists();
        Assert.Equal((false, true), (lists[0].Succeeded, lists[1].Succeeded));
        Assert.Equal("ResultUnreadable", Assert.IsType<SlicePoolException>(lists[0].Exception).ErrorId);
        run = new ReadyRun(1, 2).Writes(0, RecordKind.Output, [1]).Ends(0).Ends(1);
        HostResults<NoValue> nothing = (await GatherAsync<NoValue>(run)).Single();
        Assert.Equal((false, true), (nothing[0].Succeeded, nothing[1].Succeeded));
        Assert.Equal("ResultUnreadable", Assert.IsType<SlicePoolException>(nothing[0].Exception).ErrorId);
    }

    [Fact]
    public async Task What_was_cut_is_no_success()
    {
        AttemptEnd cut = new() { Outcome = RunOutcome.Succeeded, Evidence = "e", OutputBytes = 200, OutputLimit = 100 };
        ReadyRun run = new ReadyRun(1, 1).Gives(0, "1").Ends(0, cut);
        HostResult<int> result = (await GatherAsync(run)).Single()[0];
        Assert.False(result.Succeeded);
        Assert.Equal("OutputTruncated", Assert.IsType<SlicePoolException>(result.Exception).ErrorId);
    }

    [Fact]
    public async Task A_fault_that_cannot_be_read_leaves_the_outcome()
    {
        ReadyRun run = new ReadyRun(1, 1).Writes(0, RecordKind.Fault, [1, 2, 3]).Ends(0, RunOutcome.Failed);
        HostResult<int> result = (await GatherAsync(run)).Single()[0];
        Assert.Equal((RunOutcome.Failed, null), (result.Outcome, result.Exception));
    }

    [Fact]
    public async Task Without_a_proxy_values_and_faults_are_texts()
    {
        ReadyRun run = new ReadyRun(1, 3).Gives(0, "{\"a\":1}", "2").Ends(0).Gives(1, "1").Throws(1, new FormatException("why")).Ends(1, RunOutcome.Failed)
            .Writes(2, RecordKind.Value, [9]).Writes(2, RecordKind.Report, [1, 49]).Ends(2).Completes();
        IReadOnlyList<HostResult> results = await ResultGatherer.GatherAsync(run, Token);
        Assert.Equal(["{\"a\":1}", "2"], results[0].Output);
        Assert.Equal(["1"], results[1].Output);
        Assert.Contains("why", (string)Assert.Single(results[1].Errors), StringComparison.Ordinal);
        Assert.Empty(results[2].Output);
        Assert.Contains("s0/2", (string)Assert.Single(results[2].Errors), StringComparison.Ordinal);
    }

    private static Task<ValueGatherer<int>> GatherAsync(ReadyRun run) => GatherAsync<int>(run);

    private static async Task<ValueGatherer<T>> GatherAsync<T>(ReadyRun run)
    {
        ValueGatherer<T> values = new(run, new RemoteJson(null).Of<T>(), keep: true);
        await foreach (RunRecord record in run.Completes().Records.ReadAllAsync(Token))
        {
            values.Take(record);
        }

        return values;
    }
}
