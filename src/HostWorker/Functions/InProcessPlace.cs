using Eformer.Pool.Functions;
using Eformer.Pool.HostWorker.Agent;
using Eformer.Pool.HostWorker.Runners;
using Eformer.Pool.HostWorker.Runners.Protocol;

namespace Eformer.Pool.HostWorker.Functions;

/// <summary>Runs a function in the agent's own process, for a host that is emulated there.</summary>
/// <param name="assembly">Where it is.</param>
/// <param name="attempt">Told when the function goes on after its end.</param>
/// <param name="starts">Starts it.</param>
/// <param name="clock">The clock.</param>
internal sealed class InProcessPlace(FunctionAssembly assembly, Attempt attempt, CallStarts starts, TimeProvider clock) : IRunPlace
{
    /// <inheritdoc/>
    public Task<RunnerEnd> RunAsync(RunnerJob job, Func<RecordKind, ReadOnlyMemory<byte>, ValueTask> onRecord, Action onStarted, CancellationToken stop)
    {
        RemoteRequest request;
        try
        {
            request = assembly.Prepare(job.Call!);
        }
        catch (SlicePoolException e)
        {
            return Task.FromResult(RunnerEnds.FromFacts(new EndedBody { NotStarted = true, Message = CallErrors.EvidenceOf(e) }));
        }

        HostContext host = HostContext.FromEnvironment(job.Environment, job.Call!.RunId, job.Call.Attempt);
        FunctionStop asking = new();
        FunctionInvocation invocation = new(request, host, (kind, _, data) => onRecord(kind, data), clock, asking.Token);
        InProcessCall call = new(request, invocation, asking, onStarted, attempt, clock, stop);
        starts.Add(call.Start);
        return call.End;
    }
}
