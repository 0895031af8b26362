using Eformer.Pool.RedisStore.Connections;
using Eformer.Pool.RedisStore.Keys;
using Eformer.Pool.RedisStore.Records;
using Eformer.Pool.RedisStore.Scripting;
using Eformer.Pool.Store;
using StackExchange.Redis;

namespace Eformer.Pool.RedisStore.Operations;

/// <summary>Reads how some hosts stand. Of many hosts it is large, so it takes the bulk connection.</summary>
internal sealed class ReadHostsOperation(ScriptRunner runner, FleetKeys keys)
{
    private static readonly StoreScript s_script = StoreScript.Load("read_hosts");

    private readonly RedisKey[] _keys = [keys.Meta, keys.State, keys.Beats];

    public async Task<IReadOnlyList<HostStatus>> RunAsync(IReadOnlyList<string> hosts, CancellationToken cancellationToken)
    {
        RedisValue[] arguments = [.. Identifier.CheckHosts(hosts).Select(host => (RedisValue)host)];
        RedisResult reply = await runner.BulkAsync(s_script, _keys, arguments, cancellationToken);
        List<HostStatus> statuses = new(hosts.Count);
        foreach (string[] group in ((RedisResult[])reply!).Select(group => (string[])group!))
        {
            if (!HostField.TryReadState(group[0], out HostState state))
            {
                throw StoreErrors.Damaged(runner.Connections.Endpoint, $"the state of host '{group[^1]}'");
            }

            statuses.AddRange(group.Skip(3).Select(host => new HostStatus(host, state, group[1], group[2] == "1")));
        }

        return statuses;
    }
}
