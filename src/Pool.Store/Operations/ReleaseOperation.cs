using Eformer.Pool.RedisStore.Keys;
using Eformer.Pool.RedisStore.Scripting;
using Eformer.Pool.Store;
using Eformer.Pool.Topology;
using StackExchange.Redis;

namespace Eformer.Pool.RedisStore.Operations;

/// <summary>Gives leases back, and the pool's name when asked to.</summary>
internal sealed class ReleaseOperation(ScriptRunner runner, FleetKeys keys)
{
    private static readonly StoreScript s_script = StoreScript.Load("release");

    private readonly RedisKey[] _keys =
    [
        keys.Meta, keys.State, keys.Leases, keys.LeaseExpiries, keys.LeaseRenewals, keys.Pools, keys.PoolExpiries,
        keys.PoolAttendances, keys.PoolKeeps, keys.Demand,
    ];

    private readonly RedisValue _bell = keys.ChannelPrefix(DoorbellKind.Agent);

    public Task RunAsync(ReleaseRequest request, CancellationToken cancellationToken)
    {
        RedisValue[] arguments =
        [
            PoolName.Check(request.Pool, "pool"),
            Identifier.Check(request.OwnerId, nameof(request)),
            request.ForgetPool ? 1 : 0,
            _bell,
            .. request.LeaseIds.Select(id => (RedisValue)id),
        ];
        return runner.ControlAsync(s_script, _keys, arguments, cancellationToken);
    }
}
