using System.Text.Json;
using Eformer.Pool.RedisStore.Keys;
using Eformer.Pool.RedisStore.Records;
using Eformer.Pool.RedisStore.Scripting;
using Eformer.Pool.Store;
using Eformer.Pool.Topology;
using StackExchange.Redis;

namespace Eformer.Pool.RedisStore.Operations;

/// <summary>Says what a pool asks for, or that it asks no more.</summary>
internal sealed class DemandOperation(ScriptRunner runner, FleetKeys keys)
{
    private static readonly StoreScript s_script = StoreScript.Load("demand");

    private readonly RedisKey[] _keys = [keys.Meta, keys.Pools, keys.Demand];

    public Task PublishAsync(DemandRecord demand, CancellationToken cancellationToken) =>
        SendAsync(demand.Pool, demand.OwnerId, JsonSerializer.SerializeToUtf8Bytes(demand, StoreJson.Default.DemandRecord), cancellationToken);

    public Task WithdrawAsync(string pool, string ownerId, CancellationToken cancellationToken) =>
        SendAsync(pool, ownerId, RedisValue.EmptyString, cancellationToken);

    private Task<RedisResult> SendAsync(string pool, string ownerId, RedisValue wish, CancellationToken cancellationToken) =>
        runner.ControlAsync(
            s_script, _keys, [PoolName.Check(pool, "pool"), Identifier.Check(ownerId, nameof(ownerId)), wish], cancellationToken);
}
