using Acme.Functions;
using Eformer.Pool.Functions;
using Eformer.Pool.HostWorker.Agent;
using Eformer.Pool.HostWorker.Agent.Outcomes;
using Eformer.Pool.HostWorker.Functions;
using Eformer.Pool.HostWorker.Runners;
using Eformer.Pool.HostWorker.Tests.Support;

namespace Eformer.Pool.HostWorker.Tests.Functions;

public sealed class InProcessCallTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly FunctionAssembly _assembly = FunctionAssembly.Load(Builds.Current);
    private readonly Attempt _attempt = new("run", 1);
    private readonly CallStarts _starts = new();
    private readonly List<RecordKind> _records = [];
    private bool _started;

    public void Dispose()
    {
        _attempt.Dispose();
        _assembly.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_function_that_returns_at_once_ends_on_the_thread_that_starts_it()
    {
        Task<RunnerEnd> end = Run(Remote.Twice.With(1));
        Assert.False(end.IsCompleted || _started);
        _starts.Go();
        Assert.True(end.IsCompletedSuccessfully);
        Assert.Equal((RunnerEndKind.Completed, "the function returned", 1, false), ((await end).Kind, (await end).Evidence, (await end).Objects, (await end).HadErrors));
        Assert.Equal([RecordKind.Value], _records);
        Assert.True(_started);
        Assert.Null(_attempt.Remains);
    }

    [Fact]
    public async Task What_a_function_throws_is_its_end()
    {
        Task<RunnerEnd> running = Run(Remote.Fail.With(-1));
        _starts.Go();
        RunnerEnd end = await running;
        Assert.Equal((RunnerEndKind.Threw, "System.InvalidOperationException: it went wrong", true), (end.Kind, end.Evidence, end.HadErrors));
        Assert.Equal([RecordKind.Fault], _records);
        AttemptEnd outcome = OutcomeRules.Decide(end, StopCause.None, 1, DateTimeOffset.UnixEpoch);
        Assert.Equal((RunOutcome.Failed, true), (outcome.Outcome, outcome.Threw));
    }

    [Fact]
    public async Task What_does_not_tell_anything_of_itself_is_its_end_all_the_same()
    {
        Task<RunnerEnd> running = Run(Remote.Sulk.With(1));
        _starts.Go();
        RunnerEnd end = await running;
        Assert.Equal((RunnerEndKind.Threw, "Acme.Functions.SulkyException: (its message cannot be read: System.NotSupportedException)"), (end.Kind, end.Evidence));
        Assert.Equal([RecordKind.Fault], _records);
    }

    [Fact]
    public async Task What_may_not_start_says_why_and_nothing_has_started()
    {
        RunnerEnd end = await Run(Calls.With(Remote.Twice.Contract, "{\"value\":\"x\"}"));
        Assert.Equal(RunnerEndKind.NotStarted, end.Kind);
        Assert.StartsWith("ArgumentsUnreadable: ", end.Evidence, StringComparison.Ordinal);
        Assert.False(_started);
    }

    [Fact]
    public async Task One_that_heeds_its_token_was_stopped()
    {
        Task<RunnerEnd> running = Run(Remote.Wait.With(new Patience(_folder.Path, "x", Heeds: true)));
        _starts.Go();
        await Eventually.HoldsAsync(() => Directory.EnumerateFiles(_folder.Path).Any());
        Assert.False(running.IsCompleted);
        _attempt.Stop(StopCause.TimedOut);
        RunnerEnd end = await running;
        Assert.Equal((RunnerEndKind.Stopped, false), (end.Kind, end.StillRuns));
        Assert.Empty(_records);
        Assert.Null(_attempt.Remains);
        Assert.Equal(RunOutcome.TimedOut, OutcomeRules.Decide(end, _attempt.Cause, 1, DateTimeOffset.UnixEpoch).Outcome);
    }

    [Fact]
    public async Task One_that_blocks_has_its_end_all_the_same_and_is_known_to_go_on()
    {
        Task<RunnerEnd> running = Run(Remote.Wait.With(new Patience(_folder.Path, "x", Heeds: false)));
        Task starting = Task.Run(_starts.Go, TestContext.Current.CancellationToken);
        await Eventually.HoldsAsync(() => Directory.EnumerateFiles(_folder.Path).Any());
        _attempt.Stop(StopCause.Cancelled);
        RunnerEnd end = await running;
        Assert.Equal((RunnerEndKind.Stopped, true), (end.Kind, end.StillRuns));
        Assert.Contains("still runs", OutcomeRules.Decide(end, _attempt.Cause, 1, DateTimeOffset.UnixEpoch).Evidence, StringComparison.Ordinal);
        Assert.False(_attempt.Remains!.IsCompleted);
        await File.WriteAllTextAsync(_folder.File("x"), "", TestContext.Current.CancellationToken);
        await _attempt.Remains;
        await starting;
        Assert.Empty(_records);
    }

    [Fact]
    public async Task One_that_is_stopped_before_it_starts_never_does()
    {
        Task<RunnerEnd> running = Run(Remote.Twice.With(1));
        _attempt.Stop(StopCause.Cancelled);
        _starts.Go();
        Assert.Equal((RunnerEndKind.Stopped, null), ((await running).Kind, (await running).StartedAt));
        Assert.False(_started);
    }

    [Fact]
    public void Of_several_the_last_starts_on_the_thread_at_hand_and_later_ones_by_themselves()
    {
        using CountdownEvent others = new(3);
        int here = Environment.CurrentManagedThreadId;
        int last = 0;
        _starts.Add(() => others.Signal());
        _starts.Add(() => others.Signal());
        _starts.Add(() => last = Environment.CurrentManagedThreadId);
        _starts.Go();
        Assert.Equal(here, last);
        _starts.Add(() => others.Signal());
        Assert.True(others.Wait(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
    }

    private Task<RunnerEnd> Run(RemoteRequest request) => Run(Calls.Of(request));

    private Task<RunnerEnd> Run(RunnerCall call) => new InProcessPlace(_assembly, _attempt, _starts, TimeProvider.System).RunAsync(
        Calls.JobOf(call), Take, () => _started = true, _attempt.StopToken);

    private ValueTask Take(RecordKind kind, ReadOnlyMemory<byte> data)
    {
        _records.Add(kind);
        return ValueTask.CompletedTask;
    }
}
