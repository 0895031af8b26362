using System.Text.Json;
using Eformer.Pool.RedisStore.Keys;
using Eformer.Pool.RedisStore.Records;
using Eformer.Pool.RedisStore.Scripting;
using Eformer.Pool.Store;
using Eformer.Pool.Topology;
using StackExchange.Redis;

namespace Eformer.Pool.RedisStore.Operations;

/// <summary>Adds or replaces an agent and its hosts.</summary>
internal sealed class RegisterOperation(ScriptRunner runner, FleetKeys keys, BumpGenerationOperation generation)
{
    private static readonly StoreScript s_script = StoreScript.Load("register");

    private readonly RedisKey[] _keys =
        [keys.Meta, keys.Hosts, keys.State, keys.Agents, keys.AgentHosts, keys.Beats, keys.Leases, keys.LeaseExpiries, keys.Machines, keys.Health];

    private readonly RedisValue _bell = keys.ChannelPrefix(DoorbellKind.Pool);
    private readonly RedisValue _capacity = keys.Channel(Doorbell.Capacity);

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
            _capacity,
            registration.MachineId.Length == 0 ? "" : Identifier.Check(registration.MachineId, nameof(registration)),
            registration.BootId.Length == 0 ? "" : Identifier.Check(registration.BootId, nameof(registration)),
        ];
        Dictionary<string, HostFence> fences = registration.Fences.ToDictionary(fence => fence.Host, StringComparer.Ordinal);
        foreach (HostRegistration host in registration.Hosts)
        {
            arguments.Add(host.Host);
            arguments.Add(JsonSerializer.SerializeToUtf8Bytes(host, StoreJson.Default.HostRegistration));
            arguments.Add(FenceText.Of(fences.GetValueOrDefault(host.Host) ?? new HostFence(host.Host, 0, "", false)));
        }

        await generation.EnsureAsync(cancellationToken);
        RedisResult reply = await runner.ControlAsync(s_script, _keys, [.. arguments], cancellationToken);
        return (string?)reply[0] switch
        {
            "R" => new RegisterReply(null, null, (string)reply[1]!),
            "M" => new RegisterReply(null, (string?)reply[1], ""),
            _ => new RegisterReply((string?)reply[1], null, ""),
        };
    }
}
