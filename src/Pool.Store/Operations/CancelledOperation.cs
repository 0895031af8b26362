using Eformer.Pool.RedisStore.Keys;
using Eformer.Pool.RedisStore.Scripting;

namespace Eformer.Pool.RedisStore.Operations;

/// <summary>Tells whether a run was told to stop, and nothing else of it: who waits asks once a second, and runs may be large.</summary>
internal sealed class CancelledOperation(ScriptRunner runner, FleetKeys keys)
{
    private static readonly StoreScript s_script = StoreScript.Load("cancelled");

    public async Task<bool> RunAsync(string runId, CancellationToken cancellationToken) =>
        (bool)await runner.BulkAsync(s_script, [keys.Run(runId).Run], [], cancellationToken);
}
