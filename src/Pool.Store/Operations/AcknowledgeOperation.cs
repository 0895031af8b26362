using Eformer.Pool.RedisStore.Keys;
using Eformer.Pool.RedisStore.Scripting;
using StackExchange.Redis;

namespace Eformer.Pool.RedisStore.Operations;

/// <summary>Removes runs that nobody needs any more.</summary>
internal sealed class AcknowledgeOperation(ScriptRunner runner, FleetKeys keys, RunLister lister)
{
    private static readonly StoreScript s_script = StoreScript.Load("acknowledge");

    public Task RunAsync(IReadOnlyList<string> runIds, CancellationToken cancellationToken)
    {
        IDatabase control = runner.Connections.Control;
        RedisKey[][] runs = [.. runIds.Select(runId => keys.Run(runId).All)];
        Task removing = Task.WhenAll([.. runs.Select(run => ScriptRunner.Send(control, s_script, run, [])), lister.Unlist(control, runIds)]);
        return runner.GuardAsync(removing, [.. runs.SelectMany(run => run), .. lister.Keys], cancellationToken);
    }
}
