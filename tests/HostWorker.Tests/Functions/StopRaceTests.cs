using System.Text.Json.Serialization.Metadata;
using Eformer.Pool.Functions;
using Eformer.Pool.HostWorker.Agent;
using Eformer.Pool.HostWorker.Functions;
using Eformer.Pool.HostWorker.Runners;
using Eformer.Pool.HostWorker.Tests.Support;

namespace Eformer.Pool.HostWorker.Tests.Functions;

/// <summary>A call in the agent's process that ends when it is asked to, as slowly on its own thread as can be.</summary>
public sealed class StopRaceTests : IDisposable
{
    // So long has another thread to say that the call still runs.
    private static readonly TimeSpan s_others = TimeSpan.FromMilliseconds(500);

    private readonly Attempt _attempt = new("run", 1);
    private readonly CompletionHold _hold = new();
    private readonly ManualResetEventSlim _begun = new();
    private readonly ManualResetEventSlim _asked = new();
    private readonly FunctionStop _stop = new();
    private InProcessCall? _call;

    public void Dispose()
    {
        _attempt.Dispose();
        _hold.Dispose();
        _begun.Dispose();
        _asked.Dispose();
    }

    [Fact]
    public async Task What_stopped_in_time_is_never_taken_for_what_still_runs()
    {
        RunnerEnd end = await StopAsync((_, _, _) => ValueTask.CompletedTask);
        Assert.Equal((RunnerEndKind.Stopped, false), (end.Kind, end.StillRuns));
        Assert.Null(_attempt.Remains);
        Assert.NotEqual(0, _hold.Count);
    }

    [Fact]
    public async Task Nor_is_one_whose_records_cannot_be_taken()
    {
        IOException problem = await Assert.ThrowsAsync<IOException>(() => StopAsync((_, _, _) => throw new IOException("full")));
        Assert.Equal("full", problem.Message);
        Assert.Null(_attempt.Remains);
        Assert.NotEqual(0, _hold.Count);
    }

    private async Task<RunnerEnd> StopAsync(RecordSink sink)
    {
        Request request = new(Function);
        FunctionInvocation invocation = new(request, HostContext.FromEnvironment(Calls.Environment, "run", 1), sink, TimeProvider.System, _stop.Token);
        _call = new InProcessCall(request, invocation, _stop, () => { }, _attempt, TimeProvider.System, _attempt.StopToken);
        Task running = Task.Factory.StartNew(_call.Start, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        _begun.Wait(TestContext.Current.CancellationToken);
        _attempt.Stop(StopCause.Cancelled);
        _asked.Set();
        await running;
        return await _call.End;
    }

    // Everything that is awaited after it is done by then, so that the call ends on this thread.
    private Task Function(RemoteInvocation invocation)
    {
        Task given = invocation.GiveAsync(1, new RemoteJson(null).Of<int>()).AsTask();
        Assert.True(given.IsCompletedSuccessfully);
        _begun.Set();
        _asked.Wait(CancellationToken.None);
        Block(_stop.Asked, Timeout.InfiniteTimeSpan);
        CompletionHold.Begin(() => Block(_call!.End, s_others));
        return Task.FromException(new OperationCanceledException());
    }

    private static void Block(Task task, TimeSpan patience) => ((IAsyncResult)task).AsyncWaitHandle.WaitOne(patience);

    private sealed class Request(Func<RemoteInvocation, Task> function) : RemoteRequest<int>
    {
        public override RemoteContract Contract { get; } = new("f", "");

        public override JsonTypeInfo<int> ValueInfo => new RemoteJson(null).Of<int>();

        public override void WriteArguments(ArgumentWriter arguments) => throw new NotSupportedException("It is never sent.");

        public override Task InvokeAsync(RemoteInvocation invocation) => function(invocation);
    }
}
