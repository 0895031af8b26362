using Eformer.Pool.RedisStore.Keys;
using Eformer.Pool.RedisStore.Scripting;
using Eformer.Pool.Store;
using StackExchange.Redis;

namespace Eformer.Pool.RedisStore.Operations;

/// <summary>Keeps a run while attempts of it are carried out, and tells which of these are wanted no more.</summary>
internal sealed class AttendOperation(ScriptRunner runner, FleetKeys keys)
{
    private static readonly StoreScript s_script = StoreScript.Load("attend");

    public async Task<IReadOnlyList<string>> RunAsync(AttendRequest request, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(request.Attempt, nameof(request));
        RedisValue[] arguments =
        [
            Identifier.Check(request.Incarnation, nameof(request)),
            request.Attempt,
            .. Identifier.CheckHosts(request.Hosts).Select(host => (RedisValue)host),
        ];
        return (string[])(await runner.ControlAsync(s_script, keys.Run(request.RunId).All, arguments, cancellationToken))!;
    }
}
