using Eformer.Pool.RedisStore.Keys;
using Eformer.Pool.RedisStore.Scripting;
using StackExchange.Redis;

namespace Eformer.Pool.RedisStore.Operations;

/// <summary>Reads a run's log.</summary>
internal sealed class ReadLogOperation(ScriptRunner runner, FleetKeys keys)
{
    private static readonly StoreScript s_script = StoreScript.Load("read_log");

    public async Task<IReadOnlyList<ReadOnlyMemory<byte>>?> RunAsync(string runId, long from, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        RunKeys run = keys.Run(runId);
        RedisResult reply = await runner.BulkAsync(s_script, [run.Run, run.Log], [from, limit], cancellationToken);
        return reply.IsNull ? null : Array.ConvertAll((RedisValue[])reply!, entry => (ReadOnlyMemory<byte>)entry);
    }
}
