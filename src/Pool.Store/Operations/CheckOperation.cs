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
        IDatabase control = runner.Connections.Control;
        Task<RedisResult> describing = control.ExecuteAsync("INFO", ["server"], CommandFlags.DemandMaster);
        Task<RedisResult> trying = ScriptRunner.Send(control, s_script, _keys, []);
        string info = (string?)await runner.GuardAsync(describing, _keys, cancellationToken) ?? "";
        string endpoint = runner.Connections.Endpoint;
        if (ServerFitness.Judge(info, out string name) is { } reason)
        {
            // Its answer does not matter any more; it is awaited so that its error is not left unseen.
            await trying.ContinueWith(static _ => { }, cancellationToken, TaskContinuationOptions.None, TaskScheduler.Default);
            throw StoreErrors.Unfit(endpoint, reason);
        }

        try
        {
            await runner.GuardAsync(trying, _keys, cancellationToken);
            return name;
        }
        catch (SlicePoolException exception) when (exception.ErrorId is "StoreUnfit" or "StoreDamaged")
        {
            throw StoreErrors.Unfit(endpoint, $"scripts do not run on it ({name})", exception);
        }
    }
}
