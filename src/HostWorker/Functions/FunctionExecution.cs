using Eformer.Pool.Functions;
using Eformer.Pool.HostWorker.Runners.Protocol;

namespace Eformer.Pool.HostWorker.Functions;

/// <summary>Calls a function to its end; the same in a runner and in the agent.</summary>
internal static class FunctionExecution
{
    /// <summary>Calls it. Nothing that it throws is thrown here.</summary>
    /// <returns>The facts of its end, when all that it gave has gone out.</returns>
    public static async Task<EndedBody> RunAsync(RemoteRequest request, FunctionInvocation invocation, FunctionStop stop)
    {
        Exception? thrown = await InvokeAsync(request, invocation, stop).ConfigureAwait(false);
        bool stopped = thrown is OperationCanceledException && stop.Token.IsCancellationRequested;
        await invocation.EndAsync(stopped ? null : thrown).ConfigureAwait(false);
        return new EndedBody
        {
            Stopped = stopped,
            Threw = thrown is not null && !stopped,
            HadErrors = thrown is not null && !stopped,
            Message = stopped ? null : thrown is null ? "the function returned" : Describe(thrown),
        };
    }

    // Our own, such as that a value cannot be sent, have an id.
    private static string Describe(Exception thrown)
    {
        RemoteFault told = RemoteFault.Of(thrown);
        return thrown is SlicePoolException own ? CallErrors.EvidenceOf(own) : $"{told.Type}: {told.Message}";
    }

    private static async Task<Exception?> InvokeAsync(RemoteRequest request, FunctionInvocation invocation, FunctionStop stop)
    {
        try
        {
            await (request.InvokeAsync(invocation) ?? throw request.NothingToAwait()).ConfigureAwait(false);
            await stop.Asked.ConfigureAwait(false);
            return null;
        }
        catch (Exception exception)
        {
            // User code may throw anything; whoever called it gets it.
            return exception;
        }
    }
}
