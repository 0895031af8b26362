using Eformer.Pool.Functions;
using Eformer.Pool.HostWorker.Functions;
using Eformer.Pool.HostWorker.Runners.Protocol;

namespace Eformer.Pool.HostWorker.Runners.Inside;

/// <summary>One call of a remote function in a runner. No engine takes part.</summary>
internal sealed class CallInvocation(RunnerCall call, RunJob job, RunnerOutbox outbox)
{
    /// <summary>Calls it to its end. Throws nothing for what the function does.</summary>
    /// <param name="load">Gives its assembly.</param>
    public async Task<EndedBody> RunAsync(Func<string, FunctionAssembly> load)
    {
        RemoteRequest request;
        try
        {
            request = load(call.AssemblyPath).Prepare(call);
        }
        catch (SlicePoolException e)
        {
            return new EndedBody { NotStarted = true, Message = CallErrors.EvidenceOf(e) };
        }

        return job.StopRequested ? new EndedBody { Stopped = true } : await RunAsync(request).ConfigureAwait(false);
    }

    private async Task<EndedBody> RunAsync(RemoteRequest request)
    {
        await using FunctionStop stop = new();
        HostContext host = HostContext.FromEnvironment(job.Body.Environment, call.RunId, call.Attempt);
        FunctionInvocation invocation = new(request, host, Send, TimeProvider.System, stop.Token);
        outbox.Send(FrameType.Started);
        job.Attach(stop.Ask);
        EndedBody end = await FunctionExecution.RunAsync(request, invocation, stop).ConfigureAwait(false);
        job.Attach(null);
        return end;
    }

    private ValueTask Send(RecordKind kind, int count, ReadOnlyMemory<byte> data)
    {
        outbox.Send(buffer => RecordBody.Write(buffer, kind, count, data.Span));
        return ValueTask.CompletedTask;
    }
}
