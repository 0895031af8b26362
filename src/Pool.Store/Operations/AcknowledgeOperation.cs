using Eformer.Pool.RedisStore.Keys;
using Eformer.Pool.RedisStore.Scripting;

namespace Eformer.Pool.RedisStore.Operations;

/// <summary>Removes a run of which everything was received.</summary>
internal sealed class AcknowledgeOperation(ScriptRunner runner, FleetKeys keys)
{
    private static readonly StoreScript s_script = StoreScript.Load("acknowledge");

    public Task RunAsync(string runId, CancellationToken cancellationToken) =>
        runner.ControlAsync(s_script, keys.Run(runId).All, [], cancellationToken);
}
