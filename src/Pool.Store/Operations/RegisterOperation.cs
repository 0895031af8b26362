using System.Text.Json;
using Eformer.Pool.RedisStore.Keys;
using Eformer.Pool.RedisStore.Records;
using Eformer.Pool.RedisStore.Scripting;
using Eformer.Pool.Store;
using Eformer.Pool.Topology;
using StackExchange.Redis;

namespace Eformer.Pool.RedisStore.Operations;

/// <summary>Adds or replaces an agent and its hosts.</summary>
internal sealed class RegisterOperation(ScriptRunner runner, FleetKeys keys)
{
    private const string Conflict = "C";

    private static readonly StoreScript s_script = StoreScript.Load("register");

    private readonly RedisKey[] _keys =
        [keys.Meta, keys.Hosts, keys.State, keys.Agents, keys.AgentHosts, keys.Beats, keys.Leases, keys.LeaseExpiries];

    private readonly RedisValue _bell = keys.ChannelPrefix(DoorbellKind.Pool);

    public async Task<RegisterReply> RunAsync(AgentRegistration registration, CancellationToken cancellationToken)
    {
        Identifier.CheckHosts([.. registration.Hosts.Select(host => host.Host)]);
        List<RedisValue> arguments =
        [
            Identifier.Check(registration.AgentId, nameof(registration)),
            Identifier.Check(registration.Incarnation, nameof(registration)),
            registration.LifeMs,
            Nonce.Next(),
            _bell,
        ];
        foreach (HostRegistration host in registration.Hosts)
        {
            arguments.Add(host.Host);
            arguments.Add(JsonSerializer.SerializeToUtf8Bytes(host, StoreJson.Default.HostRegistration));
        }

        RedisResult reply = await runner.ControlAsync(s_script, _keys, [.. arguments], cancellationToken);
        return new RegisterReply((string?)reply[0] == Conflict ? (string?)reply[1] : null);
    }
}
