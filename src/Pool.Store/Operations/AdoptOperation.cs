using System.Text.Json;
using Eformer.Pool.RedisStore.Keys;
using Eformer.Pool.RedisStore.Records;
using Eformer.Pool.RedisStore.Scripting;
using Eformer.Pool.Store;
using Eformer.Pool.Topology;
using StackExchange.Redis;

namespace Eformer.Pool.RedisStore.Operations;

/// <summary>Takes a kept pool over.</summary>
internal sealed class AdoptOperation(ScriptRunner runner, FleetKeys keys)
{
    private static readonly StoreScript s_script = StoreScript.Load("adopt");

    private readonly RedisKey[] _keys =
    [
        keys.Meta, keys.Leases, keys.LeaseExpiries, keys.LeaseRenewals, keys.Pools, keys.PoolExpiries, keys.PoolAttendances, keys.PoolKeeps,
    ];

    public async Task<AdoptStatus> RunAsync(AdoptRequest request, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(request.TtlMs, nameof(request));
        RedisValue[] arguments =
        [
            PoolName.Check(request.Pool, "pool"),
            Identifier.Check(request.FormerOwnerId, nameof(request)),
            Identifier.Check(request.OwnerId, nameof(request)),
            request.Owner,
            request.TtlMs,
            .. request.Leases.SelectMany(Describe),
        ];
        return (string?)await runner.ControlAsync(s_script, _keys, arguments, cancellationToken) switch
        {
            "A" => AdoptStatus.Adopted,
            "G" => AdoptStatus.Gone,
            _ => AdoptStatus.Attended,
        };
    }

    private static RedisValue[] Describe(KeyValuePair<string, LeaseGrant> lease) =>
        [Identifier.Check(lease.Key, nameof(lease)), JsonSerializer.SerializeToUtf8Bytes(lease.Value, StoreJson.Default.LeaseGrant)];
}
