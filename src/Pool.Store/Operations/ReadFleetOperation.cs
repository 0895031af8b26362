using Eformer.Pool.RedisStore.Keys;
using Eformer.Pool.RedisStore.Records;
using Eformer.Pool.RedisStore.Scripting;
using Eformer.Pool.Store;
using StackExchange.Redis;

namespace Eformer.Pool.RedisStore.Operations;

/// <summary>Reads a fleet at one moment. A large one is megabytes, so it takes the bulk connection.</summary>
internal sealed class ReadFleetOperation(ScriptRunner runner, FleetKeys keys)
{
    private static readonly StoreScript s_script = StoreScript.Load("read_fleet");

    private readonly RedisKey[] _keys =
    [
        keys.Meta, keys.Hosts, keys.State, keys.Agents, keys.Beats, keys.Leases, keys.LeaseExpiries, keys.LeaseRenewals,
        keys.Pools, keys.PoolExpiries, keys.PoolAttendances, keys.PoolKeeps, keys.Suspended, keys.Demand, keys.Health, keys.Loads,
    ];

    public async Task<FleetSnapshot> RunAsync(CancellationToken cancellationToken)
    {
        RedisResult reply = await runner.BulkAsync(s_script, _keys, [], cancellationToken);
        return new FleetReader(reply, runner.Connections.Endpoint).Read();
    }
}
