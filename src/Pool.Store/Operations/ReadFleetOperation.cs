using Eformer.Pool.RedisStore.Connections;
using Eformer.Pool.RedisStore.Keys;
using Eformer.Pool.RedisStore.Records;
using Eformer.Pool.RedisStore.Scripting;
using Eformer.Pool.Store;
using StackExchange.Redis;

namespace Eformer.Pool.RedisStore.Operations;

/// <summary>Reads a fleet at one moment. A large one is megabytes, so it takes the bulk connection.</summary>
internal sealed class ReadFleetOperation(ScriptRunner runner, FleetKeys keys, BumpGenerationOperation generation)
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
        if (IsOfAnotherServer(reply))
        {
            // Who goes by it would take leases that a replica never got for leases that are lost.
            await generation.RenewAsync(cancellationToken);
            reply = await runner.BulkAsync(s_script, _keys, [], cancellationToken);
        }

        return IsOfAnotherServer(reply)
            ? throw StoreErrors.Unreachable(runner.Connections.Endpoint, "another server has taken over, and does not take writes yet")
            : new FleetReader(reply, runner.Connections.Endpoint).Read();
    }

    private static bool IsOfAnotherServer(RedisResult reply) => (int)reply[^1] == 1;
}
