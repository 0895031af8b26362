using System.Diagnostics;
using System.Globalization;
using Eformer.Pool.Store;
using StackExchange.Redis;

namespace Eformer.Pool.Testing;

/// <summary>Starts Redis clusters: some primaries on loopback, each with its part of the hash slots and a folder of its own.</summary>
internal static class ClusterLauncher
{
    /// <summary>How many primaries a cluster has: the fewest that can decide anything.</summary>
    public const int Nodes = 3;

    private const int Slots = 16384;

    // Long enough that a busy machine does not lose nodes, short enough that tests see one go.
    private const int NodeTimeoutMs = 2000;

    private const int Tries = 3;

    /// <summary>Starts one and waits until every slot is served.</summary>
    public static async Task<TestServer> StartAsync(CancellationToken cancellationToken)
    {
        ServerLauncher.RequireRedis();
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await TryStartAsync(cancellationToken);
            }
            catch (RedisException) when (attempt < Tries)
            {
                // What resets connections there is none of its servers: six ports are asked for before any is taken, and others take some too.
            }
        }
    }

    /// <summary>One node alone, for what only administrators say.</summary>
    public static Task<ConnectionMultiplexer> ConnectAsync(string endpoint, string password) =>
        ConnectionMultiplexer.ConnectAsync($"{endpoint},password={password},allowAdmin=true,abortConnect=false");

    /// <summary>Waits until a node says that its cluster is in some state: <c>ok</c> or <c>fail</c>.</summary>
    public static Task AwaitStateAsync(IServer node, string state, CancellationToken cancellationToken) =>
        AwaitAsync(node, ["cluster_state:" + state], cancellationToken);

    private static async Task<TestServer> TryStartAsync(CancellationToken cancellationToken)
    {
        string directory = Directory.CreateTempSubdirectory("eformer-test-cluster-").FullName;
        string password = Guid.NewGuid().ToString("N");
        int[] ports = [.. Enumerable.Range(0, Nodes).Select(_ => ServerLauncher.FreePort())];
        TestServer cluster = new([.. ports.Select(port => Starter(port, password, directory))], directory, new StoreFile(string.Join(',', ports.Select(Endpoint)), password));
        try
        {
            await cluster.ListensAsync(cancellationToken);
            await JoinAsync(ports, password, cancellationToken);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    private static async Task JoinAsync(int[] ports, string password, CancellationToken cancellationToken)
    {
        ConnectionMultiplexer[] connections = await Task.WhenAll(ports.Select(port => ConnectAsync(Endpoint(port), password)));
        // By its address: before it has met others a node does not know its own, and gives another server for itself.
        IServer[] nodes = [.. connections.Select((connection, i) => connection.GetServer(Endpoint(ports[i])))];
        for (int i = 0; i < Nodes; i++)
        {
            await nodes[i].ExecuteAsync("CLUSTER", "ADDSLOTSRANGE", Slots * i / Nodes, (Slots * (i + 1) / Nodes) - 1);
            await nodes[i].ExecuteAsync("CLUSTER", "SET-CONFIG-EPOCH", i + 1);
        }

        foreach (int other in ports.Skip(1))
        {
            await nodes[0].ExecuteAsync("CLUSTER", "MEET", "127.0.0.1", other, BusOf(other));
        }

        // A node that has not met all others yet may change its mind once more.
        await Task.WhenAll(nodes.Select(node => AwaitAsync(node, ["cluster_state:ok", $"cluster_known_nodes:{Nodes}", $"cluster_size:{Nodes}"], cancellationToken)));
        await Task.WhenAll(connections.Select(async connection => await connection.DisposeAsync()));
    }

    private static Task AwaitAsync(IServer node, string[] lines, CancellationToken cancellationToken) => Eventually.TrueAsync(
        async () => await AskAsync(node) is var info && Array.TrueForAll(lines, line => info.Contains(line, StringComparison.Ordinal)),
        $"the cluster says {string.Join(", ", lines)}", cancellationToken);

    private static async Task<string> AskAsync(IServer node)
    {
        try
        {
            return (string?)await node.ExecuteAsync("CLUSTER", "INFO") ?? "";
        }
        catch (RedisException)
        {
            return "";
        }
    }

    private static Func<Process> Starter(int port, string password, string directory)
    {
        string folder = Directory.CreateDirectory(Path.Combine(directory, Text(port))).FullName;
        string[] arguments =
        [
            "--port", Text(port), "--bind", "127.0.0.1", "--requirepass", password, "--save", "", "--appendonly", "no", "--dir", folder,
            "--logfile", Path.Combine(folder, "log"), "--cluster-enabled", "yes", "--cluster-port", Text(BusOf(port)),
            "--cluster-node-timeout", Text(NodeTimeoutMs),
        ];
        return () => ServerLauncher.Start(ServerLauncher.RedisExecutable, arguments);
    }

    // Two thirds of the ports are left to others, who ask for free ones: a bus above or below is rarely somebody's.
    private static int BusOf(int port) => port > 35000 ? port - 10000 : port + 10000;

    private static string Endpoint(int port) => "127.0.0.1:" + Text(port);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
