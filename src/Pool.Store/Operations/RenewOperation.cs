using Eformer.Pool.RedisStore.Keys;
using Eformer.Pool.RedisStore.Scripting;
using Eformer.Pool.Store;
using Eformer.Pool.Topology;
using StackExchange.Redis;

namespace Eformer.Pool.RedisStore.Operations;

/// <summary>Extends a pool and its leases.</summary>
internal sealed class RenewOperation(ScriptRunner runner, FleetKeys keys, BumpGenerationOperation generation)
{
    private static readonly StoreScript s_script = StoreScript.Load("renew");

    private readonly RedisKey[] _keys =
        [keys.Meta, keys.Leases, keys.LeaseExpiries, keys.LeaseRenewals, keys.Pools, keys.PoolExpiries, keys.PoolAttendances, keys.PoolKeeps];

    public async Task<RenewReply> RunAsync(RenewRequest request, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(request.TtlMs, nameof(request));
        RedisValue[] arguments =
        [
            PoolName.Check(request.Pool, "pool"),
            Identifier.Check(request.OwnerId, nameof(request)),
            request.Owner,
            request.TtlMs,
            Nonce.Next(),
            request.Attended ? 1 : 0,
            request.Keep,
            .. request.LeaseIds.Select(id => (RedisValue)id),
        ];
        await generation.EnsureAsync(cancellationToken);
        RedisResult[] reply = (RedisResult[])(await runner.ControlAsync(s_script, _keys, arguments, cancellationToken))!;
        return new RenewReply((int)reply[0] == 1, Array.ConvertAll(reply[1..], id => (string)id!));
    }
}
