using System.Globalization;
using Eformer.Pool.RedisStore.Connections;
using Eformer.Pool.RedisStore.Keys;
using Eformer.Pool.RedisStore.Records;
using Eformer.Pool.RedisStore.Scripting;
using Eformer.Pool.Store;
using StackExchange.Redis;

namespace Eformer.Pool.RedisStore.Operations;

/// <summary>Keeps an agent alive, publishes its hosts' fences, and tells what its hosts are leased for.</summary>
internal sealed class HeartbeatOperation(ScriptRunner runner, FleetKeys keys)
{
    // A fence from outside must stay a number that Lua 5.1 counts exactly.
    private const long LargestEpoch = 1L << 52;

    private static readonly StoreScript s_script = StoreScript.Load("heartbeat");

    private readonly RedisKey[] _keys =
        [keys.Meta, keys.State, keys.Agents, keys.Beats, keys.Leases, keys.LeaseExpiries, keys.LeaseRenewals];

    private readonly RedisValue _bell = keys.ChannelPrefix(DoorbellKind.Pool);

    public async Task<HeartbeatReply> RunAsync(AgentHeartbeat heartbeat, CancellationToken cancellationToken)
    {
        RedisValue[] arguments =
        [
            Identifier.Check(heartbeat.AgentId, nameof(heartbeat)),
            Identifier.Check(heartbeat.Incarnation, nameof(heartbeat)),
            heartbeat.LifeMs,
            _bell,
            .. heartbeat.Fences.GroupBy(Encode, StringComparer.Ordinal).SelectMany(Describe),
        ];
        RedisResult reply = await runner.ControlAsync(s_script, _keys, arguments, cancellationToken);
        return (string?)reply[0] switch
        {
            "A" => new HeartbeatReply(HeartbeatStatus.Alive, ReadAssignments((RedisResult[])reply[1]!), ReadLeases((RedisResult[])reply[2]!)),
            "S" => new HeartbeatReply(HeartbeatStatus.Superseded, [], []),
            _ => new HeartbeatReply(HeartbeatStatus.Unknown, [], []),
        };
    }

    private static RedisValue[] Describe(IGrouping<string, HostFence> group) =>
        [group.Key, group.Count(), .. group.Select(fence => (RedisValue)fence.Host)];

    private static string Encode(HostFence fence)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(fence.Epoch, nameof(fence));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(fence.Epoch, LargestEpoch, nameof(fence));
        string lease = fence.LeaseId.Length == 0 ? "" : Identifier.Check(fence.LeaseId, nameof(fence));
        return string.Create(CultureInfo.InvariantCulture, $"{fence.Epoch}|{lease}|{(fence.Held ? 1 : 0)}");
    }

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
            : throw StoreErrors.Damaged(runner.Connections.Endpoint, $"the lease '{Topology.PoolName.Printable((string?)lease[0])}'"));
}
