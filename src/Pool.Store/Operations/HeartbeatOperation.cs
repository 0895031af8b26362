using System.Globalization;
using System.Text.Json;
using Eformer.Pool.RedisStore.Connections;
using Eformer.Pool.RedisStore.Keys;
using Eformer.Pool.RedisStore.Records;
using Eformer.Pool.RedisStore.Scripting;
using Eformer.Pool.Store;
using Eformer.Pool.Topology;
using StackExchange.Redis;

namespace Eformer.Pool.RedisStore.Operations;

/// <summary>Keeps an agent alive, publishes its hosts' fences, and tells what its hosts are leased for.</summary>
internal sealed class HeartbeatOperation(ScriptRunner runner, FleetKeys keys, BumpGenerationOperation generation)
{
    private static readonly StoreScript s_script = StoreScript.Load("heartbeat");

    private readonly RedisKey[] _keys =
    [
        keys.Meta, keys.State, keys.Agents, keys.Beats, keys.Leases, keys.LeaseExpiries, keys.LeaseRenewals, keys.PoolKeeps,
        keys.Suspended, keys.Health, keys.Loads, keys.Hosts,
    ];

    private readonly RedisValue _bell = keys.ChannelPrefix(DoorbellKind.Pool);
    private readonly RedisValue _capacity = keys.Channel(Doorbell.Capacity);

    public async Task<HeartbeatReply> RunAsync(AgentHeartbeat heartbeat, CancellationToken cancellationToken)
    {
        RedisValue[] arguments =
        [
            Identifier.Check(heartbeat.AgentId, nameof(heartbeat)),
            Identifier.Check(heartbeat.Incarnation, nameof(heartbeat)),
            heartbeat.LifeMs,
            _bell,
            _capacity,
            heartbeat.Load is null ? RedisValue.EmptyString : JsonSerializer.SerializeToUtf8Bytes(heartbeat.Load, StoreJson.Default.AgentLoad),
            heartbeat.Health.Count,
            .. heartbeat.Health.SelectMany(Describe),
            .. heartbeat.Fences.GroupBy(FenceText.Of, StringComparer.Ordinal).SelectMany(Describe),
        ];
        await generation.EnsureAsync(cancellationToken);
        RedisResult reply = await runner.ControlAsync(s_script, _keys, arguments, cancellationToken);
        return (string?)reply[0] switch
        {
            "A" => new HeartbeatReply(HeartbeatStatus.Alive, ReadAssignments((RedisResult[])reply[1]!), ReadLeases((RedisResult[])reply[2]!)),
            "S" => new HeartbeatReply(HeartbeatStatus.Superseded, [], []),
            _ => new HeartbeatReply(HeartbeatStatus.Unknown, [], []) { Generation = (string?)reply[1] ?? "" },
        };
    }

    private static RedisValue[] Describe(IGrouping<string, HostFence> group) =>
        [group.Key, group.Count(), .. group.Select(fence => (RedisValue)fence.Host)];

    private static RedisValue[] Describe(KeyValuePair<string, HostHealth> health) =>
        [PoolName.Check(health.Key, "host"), JsonSerializer.SerializeToUtf8Bytes(health.Value, StoreJson.Default.HostHealth)];

    // Groups of hosts in the same state: its letter, epoch and lease, then the hosts.
    private List<HostAssignment> ReadAssignments(RedisResult[] groups)
    {
        List<HostAssignment> assignments = [];
        foreach (string[] group in groups.Select(group => (string[])group!))
        {
            if (!HostField.TryReadState(group[0], out HostState state))
            {
                throw StoreErrors.Damaged(runner.Connections.Endpoint, $"the state of host '{group[^1]}'");
            }

            long epoch = long.Parse(group[1], NumberStyles.None, CultureInfo.InvariantCulture);
            assignments.AddRange(group.Skip(3).Select(host => new HostAssignment(host, state, group[2], epoch)));
        }

        return assignments;
    }

    private LeaseRecord[] ReadLeases(RedisResult[] leases) => Array.ConvertAll(leases, lease =>
        LeaseField.TryRead((string?)lease[1] ?? "", out LeaseField field)
            ? new LeaseRecord((string)lease[0]!, field.Epoch, field.Generation, field.Grant, (long)lease[2], (long)lease[3])
            {
                Keep = (ReadOnlyMemory<byte>)(RedisValue)lease[4],
            }
            : throw StoreErrors.Damaged(runner.Connections.Endpoint, $"the lease '{PoolName.Printable((string?)lease[0])}'"));
}
