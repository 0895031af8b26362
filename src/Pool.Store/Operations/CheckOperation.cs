using Eformer.Pool.RedisStore.Connections;
using Eformer.Pool.RedisStore.Keys;
using Eformer.Pool.RedisStore.Scripting;
using StackExchange.Redis;

namespace Eformer.Pool.RedisStore.Operations;

/// <summary>Makes sure that the server is one we can work with.</summary>
internal sealed class CheckOperation(ScriptRunner runner, FleetKeys keys)
{
    private static readonly StoreScript s_script = StoreScript.Load("check");

    private readonly RedisKey[] _keys = [keys.Meta];

    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        string info = await AskAsync(cancellationToken);
        return ServerFitness.Judge(info, out string name) is { } reason
            ? throw StoreErrors.Unfit(runner.Connections.Endpoint, reason)
            : name;
    }

    private async Task<string> AskAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (string?)await runner.ControlAsync(s_script, _keys, [], cancellationToken) ?? "";
        }
        catch (SlicePoolException exception) when (exception.ErrorId == "StoreUnreachable" && runner.Connections.Primaries.Length == 0)
        {
            throw StoreErrors.Unreachable(
                runner.Connections.Endpoint, "only a replica answers, which takes no writes: name the primary, or the sentinels with 'serviceName='", exception);
        }
        catch (SlicePoolException exception) when (exception.ErrorId is "StoreUnfit" or "StoreDamaged")
        {
            throw StoreErrors.Unfit(runner.Connections.Endpoint, $"scripts do not run on it ({runner.Connections.Product})", exception);
        }
    }
}
