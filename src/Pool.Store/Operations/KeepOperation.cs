using Eformer.Pool.RedisStore.Keys;
using Eformer.Pool.RedisStore.Scripting;
using Eformer.Pool.Store;
using Eformer.Pool.Topology;
using StackExchange.Redis;

namespace Eformer.Pool.RedisStore.Operations;

/// <summary>An agent's renewal of a kept pool's lease.</summary>
internal sealed class KeepOperation(ScriptRunner runner, FleetKeys keys)
{
    private static readonly StoreScript s_script = StoreScript.Load("keep");

    private readonly RedisKey[] _keys = [keys.Meta, keys.Leases, keys.LeaseExpiries, keys.LeaseRenewals, keys.Pools, keys.PoolExpiries];

    public async Task<bool> RunAsync(KeepRequest request, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(request.TtlMs, nameof(request));
        RedisValue[] arguments =
        [
            PoolName.Check(request.Pool, "pool"),
            Identifier.Check(request.OwnerId, nameof(request)),
            Identifier.Check(request.LeaseId, nameof(request)),
            request.SeenRenewals,
            request.TtlMs,
        ];
        return (int)await runner.ControlAsync(s_script, _keys, arguments, cancellationToken) == 1;
    }
}
