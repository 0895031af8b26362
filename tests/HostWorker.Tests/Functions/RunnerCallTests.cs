using System.Text;
using System.Text.Json;
using Acme.Functions;
using Eformer.Pool.Functions;
using Eformer.Pool.HostWorker.Runners;
using Eformer.Pool.HostWorker.Tests.Support;

namespace Eformer.Pool.HostWorker.Tests.Functions;

/// <summary>Functions in a real runner.</summary>
public sealed class RunnerCallTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly List<(RecordKind Kind, byte[] Data)> _records = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_function_knows_where_it_runs_and_gives_its_value()
    {
        await using RunnerBench bench = await RunnerBench.StartAsync();
        RunnerEnd end = await RunAsync(bench, Calls.Of(Remote.Where.With("MINE")));
        Assert.Equal((RunnerEndKind.Completed, "the function returned", 1), (end.Kind, end.Evidence, end.Objects));
        Assert.NotNull(end.StartedAt);
        Place place = Values<Place>().Single();
        Assert.Equal(new Place("slice-0", 0, 1, 7, "run", 2, bench.Runner.Pid, "yours"), place);
    }

    [Fact]
    public async Task Items_come_in_order_and_few_records()
    {
        await using RunnerBench bench = await RunnerBench.StartAsync();
        await RunAsync(bench, Calls.Of(Remote.Count.With(20_000)));
        Assert.Equal(Enumerable.Range(0, 20_000), Values<int>());
        Assert.InRange(_records.Count, 79, 2000);
    }

    [Fact]
    public async Task What_it_throws_comes_with_its_trace_and_the_runner_goes_on()
    {
        await using RunnerBench bench = await RunnerBench.StartAsync();
        RunnerEnd end = await RunAsync(bench, Calls.Of(Remote.Fail.With(-1)));
        Assert.Equal((RunnerEndKind.Threw, "System.InvalidOperationException: it went wrong", true), (end.Kind, end.Evidence, end.HadErrors));
        RemoteFault fault = RemoteFault.TryRead(_records.Single().Data)!;
        Assert.Contains("DoFail", fault.StackTrace, StringComparison.Ordinal);
        Assert.Equal("the cause", fault.Inner!.Message);
        await RunAsync(bench, Calls.Of(Remote.Twice.With(21)));
        Assert.Equal([42], Values<int>());
    }

    [Fact]
    public async Task What_does_not_tell_anything_of_itself_does_not_cost_the_runner()
    {
        await using RunnerBench bench = await RunnerBench.StartAsync();
        RunnerEnd end = await RunAsync(bench, Calls.Of(Remote.Sulk.With(1)));
        Assert.Equal((RunnerEndKind.Threw, "Acme.Functions.SulkyException: (its message cannot be read: System.NotSupportedException)"), (end.Kind, end.Evidence));
        Assert.Equal("(its stack trace cannot be read: System.NotSupportedException)", RemoteFault.TryRead(_records.Single().Data)!.StackTrace);
        Assert.Equal(RunnerEndKind.Completed, (await RunAsync(bench, Calls.Of(Remote.Twice.With(1)))).Kind);
    }

    [Fact]
    public async Task Statics_stay_in_the_session_but_not_with_a_fresh_one()
    {
        await using RunnerBench bench = await RunnerBench.StartAsync();
        RunnerCall next = Calls.Of(Remote.Next.With(0));
        RunnerCall other = next with { AssemblyPath = Builds.CopyTo(_folder.Path, Builds.Next) };
        foreach (RunnerCall call in (RunnerCall[])[next, next, other])
        {
            await RunAsync(bench, call);
        }

        Assert.Equal([1, 2, 1], Values<int>());
        await RunAsync(bench, next, fresh: true);
        await RunAsync(bench, next, fresh: true);
        await RunAsync(bench, next);
        Assert.Equal([1, 2, 1, 1, 1, 3], Values<int>());
    }

    [Fact]
    public async Task Scripts_and_functions_take_turns()
    {
        await using RunnerBench bench = await RunnerBench.StartAsync();
        await bench.RunAsync("$x = 5");
        await RunAsync(bench, Calls.Of(Remote.Shout.With("hey")));
        Assert.Equal(["HEY!"], Values<string>());
        Assert.Equal(5, (await bench.RunAsync("$x")).Output.Single());
    }

    [Fact]
    public async Task One_that_heeds_its_token_is_stopped_and_the_runner_goes_on()
    {
        await using RunnerBench bench = await RunnerBench.StartAsync();
        RunnerEnd end = await StopAsync(bench, heeds: true);
        Assert.Equal((RunnerEndKind.Stopped, false), (end.Kind, end.RunnerGone));
        Assert.Equal(RunnerEndKind.Completed, (await RunAsync(bench, Calls.Of(Remote.Twice.With(1)))).Kind);
    }

    [Fact]
    public async Task One_that_does_not_is_killed()
    {
        await using RunnerBench bench = await RunnerBench.StartAsync();
        RunnerEnd end = await StopAsync(bench, heeds: false);
        Assert.Equal((RunnerEndKind.Stopped, true), (end.Kind, end.RunnerGone));
        Assert.Contains("was killed", end.Evidence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5, 5, null)]
    [InlineData(null, 134, "SIGABRT")]
    public async Task One_that_ends_its_process_is_told_as_such(int? exitCode, int code, string? signal)
    {
        await using RunnerBench bench = await RunnerBench.StartAsync();
        RunnerEnd end = await RunAsync(bench, Calls.Of(Remote.EndProcess.With(new Exit(1, exitCode))));
        Assert.Equal((RunnerEndKind.Died, code, signal), (end.Kind, end.ExitCode, end.Signal));
    }

    [Fact]
    public async Task What_cannot_be_called_says_why_and_the_runner_goes_on()
    {
        await using RunnerBench bench = await RunnerBench.StartAsync();
        string gone = _folder.File("Gone.dll");
        RunnerEnd end = await RunAsync(bench, Calls.Of(Remote.Twice.With(1), gone));
        Assert.Equal((RunnerEndKind.NotStarted, null), (end.Kind, end.StartedAt));
        Assert.StartsWith("AssemblyNotLoadable: ", end.Evidence, StringComparison.Ordinal);
        Assert.Contains(gone, end.Evidence, StringComparison.Ordinal);
        end = await RunAsync(bench, Calls.With(Remote.Twice.Contract, "{}"));
        Assert.StartsWith("ArgumentsUnreadable: ", end.Evidence, StringComparison.Ordinal);
        Assert.Equal(RunnerEndKind.Completed, (await RunAsync(bench, Calls.Of(Remote.Twice.With(1)))).Kind);
    }

    [Fact]
    public async Task What_an_assembly_lacks_is_named()
    {
        await using RunnerBench bench = await RunnerBench.StartAsync();
        RunnerEnd end = await RunAsync(bench, Calls.Of(Remote.Shout.With("hey"), Builds.CopyTo(_folder.Path, Builds.Current, whole: false)));
        Assert.Equal(RunnerEndKind.Threw, end.Kind);
        Assert.Contains("FileNotFoundException", end.Evidence, StringComparison.Ordinal);
        Assert.Contains("Acme.Private", end.Evidence, StringComparison.Ordinal);
    }

    private async Task<RunnerEnd> StopAsync(RunnerBench bench, bool heeds)
    {
        using CancellationTokenSource stop = new();
        Task<RunnerEnd> running = RunAsync(bench, Calls.Of(Remote.Wait.With(new Patience(_folder.Path, "x", heeds))), stop: stop.Token);
        await Eventually.HoldsAsync(() => Directory.EnumerateFiles(_folder.Path).Any());
        await stop.CancelAsync();
        return await running;
    }

    private Task<RunnerEnd> RunAsync(RunnerBench bench, RunnerCall call, bool fresh = false, CancellationToken? stop = null) =>
        bench.Runner.RunAsync(Calls.JobOf(call, fresh), Take, () => { }, stop ?? TestContext.Current.CancellationToken);

    private ValueTask Take(RecordKind kind, ReadOnlyMemory<byte> data)
    {
        _records.Add((kind, data.ToArray()));
        return ValueTask.CompletedTask;
    }

    private List<T> Values<T>() =>
        [.. _records.Where(record => record.Kind == RecordKind.Value).SelectMany(record => Encoding.UTF8.GetString(record.Data.AsSpan(1)).Split('\n')).Select(text => JsonSerializer.Deserialize<T>(text)!)];
}
