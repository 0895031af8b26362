using Eformer.Pool.RedisStore.Keys;
using Eformer.Pool.RedisStore.Scripting;

namespace Eformer.Pool.RedisStore.Operations;

/// <summary>Forgets the beginning of a run's log.</summary>
internal sealed class TrimLogOperation(ScriptRunner runner, FleetKeys keys)
{
    private static readonly StoreScript s_script = StoreScript.Load("trim");

    public Task RunAsync(string runId, long upTo, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(upTo);
        RunKeys run = keys.Run(runId);
        return runner.BulkAsync(s_script, [run.Run, run.Log], [upTo], cancellationToken);
    }
}
