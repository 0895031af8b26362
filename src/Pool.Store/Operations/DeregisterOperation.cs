using Eformer.Pool.RedisStore.Keys;
using Eformer.Pool.RedisStore.Scripting;
using Eformer.Pool.Store;
using StackExchange.Redis;

namespace Eformer.Pool.RedisStore.Operations;

/// <summary>Removes an agent and its hosts, unless a newer incarnation has taken its place.</summary>
internal sealed class DeregisterOperation(ScriptRunner runner, FleetKeys keys)
{
    private static readonly StoreScript s_script = StoreScript.Load("deregister");

    private readonly RedisValue _bell = keys.ChannelPrefix(DoorbellKind.Pool);

    public Task RunAsync(string agentId, string incarnation, CancellationToken cancellationToken)
    {
        RedisKey inbox = keys.Inbox(Identifier.Check(agentId, nameof(agentId)));
        RedisKey[] used =
        [
            keys.Meta, keys.Hosts, keys.State, keys.Agents, keys.AgentHosts, keys.Beats, keys.Leases, keys.LeaseExpiries,
            keys.InboxPositions, inbox, keys.Health, keys.Loads, keys.Machines,
        ];
        RedisValue[] arguments = [agentId, Identifier.Check(incarnation, nameof(incarnation)), _bell];
        return runner.ControlAsync(s_script, used, arguments, cancellationToken);
    }
}
