using Eformer.Pool.RedisStore.Keys;
using Eformer.Pool.RedisStore.Records;
using Eformer.Pool.RedisStore.Scripting;
using Eformer.Pool.Store;
using StackExchange.Redis;

namespace Eformer.Pool.RedisStore.Operations;

/// <summary>Reads how a run stands.</summary>
internal sealed class ReadRunOperation(ScriptRunner runner, FleetKeys keys)
{
    private static readonly StoreScript s_script = StoreScript.Load("read_run");

    public async Task<RunStanding?> RunAsync(string runId, CancellationToken cancellationToken)
    {
        RunKeys run = keys.Run(runId);
        RedisResult reply = await runner.BulkAsync(s_script, [run.Run, run.Manifest], [], cancellationToken);
        if (reply.IsNull)
        {
            return null;
        }

        Dictionary<string, string> fields = RunFields.Read((RedisValue[])reply[0]!);
        return new RunStanding(
            (byte[])reply[1]!, fields.ContainsKey(RunFields.Cancelled), RunFields.Claims(fields), RunFields.Ended(fields), (long)reply[2]);
    }
}
