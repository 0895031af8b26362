using Eformer.Pool.RedisStore.Keys;
using Eformer.Pool.RedisStore.Scripting;
using Eformer.Pool.Store;
using StackExchange.Redis;

namespace Eformer.Pool.RedisStore.Operations;

/// <summary>Removes what has lapsed, a batch at a time.</summary>
internal sealed class ReapOperation(ScriptRunner runner, FleetKeys keys)
{
    private const int Batch = 64;

    // An agent that was away for less may come back to its hosts, and keeps their fences.
    private const int AgentGraceMs = 60 * 60 * 1000;

    private static readonly StoreScript s_script = StoreScript.Load("reap");

    private readonly RedisKey[] _keys =
    [
        keys.Meta, keys.Hosts, keys.State, keys.Agents, keys.AgentHosts, keys.Beats, keys.Leases, keys.LeaseExpiries,
        keys.LeaseRenewals, keys.Pools, keys.PoolExpiries, keys.InboxPositions,
        keys.PoolAttendances, keys.PoolKeeps, keys.Demand, keys.Health, keys.Loads, keys.Machines,
    ];

    private readonly RedisValue[] _arguments = [Batch, AgentGraceMs, keys.ChannelPrefix(DoorbellKind.Agent)];

    public async Task<int> RunAsync(CancellationToken cancellationToken) =>
        (int)await runner.ControlAsync(s_script, _keys, _arguments, cancellationToken);
}
