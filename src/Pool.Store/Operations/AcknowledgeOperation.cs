using Eformer.Pool.RedisStore.Keys;
using Eformer.Pool.RedisStore.Scripting;
using StackExchange.Redis;

namespace Eformer.Pool.RedisStore.Operations;

/// <summary>Removes a run that nobody needs any more.</summary>
internal sealed class AcknowledgeOperation(ScriptRunner runner, FleetKeys keys, RunLister lister)
{
    private static readonly StoreScript s_script = StoreScript.Load("acknowledge");

    public Task RunAsync(string runId, CancellationToken cancellationToken)
    {
        IDatabase control = runner.Connections.Control;
        RedisKey[] run = keys.Run(runId).All;
        Task removing = Task.WhenAll(ScriptRunner.Send(control, s_script, run, []), lister.Unlist(control, [runId]));
        return runner.GuardAsync(removing, [.. run, .. lister.Keys], cancellationToken);
    }
}
