using System.Globalization;
using System.Net;
using StackExchange.Redis;

namespace Eformer.Pool.Testing;

/// <summary>Which server of a cluster has a key, and how its slot gets to another.</summary>
internal static class ClusterSlots
{
    private const int TimeoutMs = 5000;

    /// <summary>Which of a cluster's processes has a key.</summary>
    public static async Task<int> ProcessOfAsync(IConnectionMultiplexer cluster, TestServer server, RedisKey key)
    {
        // Asked anew: what the client remembers may be of before the slot moved.
        ClusterConfiguration? nodes = await cluster.GetServers().First(node => node.IsConnected).ClusterNodesAsync();
        return server.Ports.ToList().IndexOf(((IPEndPoint)nodes!.GetBySlot(key)!.EndPoint!).Port);
    }

    /// <summary>Moves the slot of a key to the next server as an administrator does: key by key, while it is in use.</summary>
    public static async Task MoveAsync(IConnectionMultiplexer cluster, TestServer server, RedisKey key, CancellationToken cancellationToken)
    {
        int slot = cluster.HashSlot(key), from = await ProcessOfAsync(cluster, server, key), to = (from + 1) % ClusterLauncher.Nodes;
        IServer[] nodes = [.. server.Ports.Select(port => cluster.GetServer(IPAddress.Loopback, port))];
        string[] ids = await Task.WhenAll(nodes.Select(async node => (string)(await node.ExecuteAsync("CLUSTER", "MYID"))!));
        await nodes[to].ExecuteAsync("CLUSTER", "SETSLOT", slot, "IMPORTING", ids[from]);
        await nodes[from].ExecuteAsync("CLUSTER", "SETSLOT", slot, "MIGRATING", ids[to]);
        while ((string[])(await nodes[from].ExecuteAsync("CLUSTER", "GETKEYSINSLOT", slot, 1))! is [string next, ..])
        {
            await nodes[from].ExecuteAsync("MIGRATE", "127.0.0.1", server.Ports[to].ToString(CultureInfo.InvariantCulture), "", 0, TimeoutMs, "AUTH", server.Address.Password, "KEYS", next);
            cancellationToken.ThrowIfCancellationRequested();
        }

        foreach (IServer node in (IServer[])[nodes[to], nodes[from], .. nodes])
        {
            await node.ExecuteAsync("CLUSTER", "SETSLOT", slot, "NODE", ids[to]);
        }
    }
}
