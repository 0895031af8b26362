using System.Globalization;
using Eformer.Pool.Store;
using StackExchange.Redis;

namespace Eformer.Pool.Testing;

/// <summary>A primary, its replica and sentinels that watch them, on loopback, as one store.</summary>
public sealed class SentinelGroup : IAsyncDisposable
{
    /// <summary>What the sentinels call the primary.</summary>
    public const string Service = "fleet-store";

    // Long enough that a busy machine does not fail over by itself.
    private const int DownAfterMs = 1500;
    private const int FailoverTimeoutMs = 5000;


    private readonly List<TestServer> _servers = [];
    private readonly List<TestServer> _sentinels = [];
    private readonly string _password = Guid.NewGuid().ToString("N");
    private readonly string? _sentinelPassword;

    private SentinelGroup(string? sentinelPassword) => _sentinelPassword = sentinelPassword;

    /// <summary>The primary it began with, and its replica.</summary>
    public IReadOnlyList<TestServer> Servers => _servers;

    /// <summary>The sentinels.</summary>
    public IReadOnlyList<TestServer> Sentinels => _sentinels;

    /// <summary>How users name it: the sentinels, and the service; and the servers' password.</summary>
    public StoreFile Address => new($"{string.Join(',', _sentinels.Select(sentinel => sentinel.Address.Endpoint))},serviceName={Service}", _password);

    /// <summary>It as one store. Its processes stay this group's.</summary>
    public TestServer Store => TestServer.At(Address);

    /// <summary>Starts one and waits until its sentinels could fail over.</summary>
    public static async Task<SentinelGroup> StartAsync(int sentinels, CancellationToken cancellationToken, string? sentinelPassword = null)
    {
        SentinelGroup group = new(sentinelPassword);
        try
        {
            await group.StartServersAsync(cancellationToken);
            int quorum = (sentinels / 2) + 1;
            group._sentinels.AddRange(await Task.WhenAll(Enumerable.Range(0, sentinels).Select(_ => group.StartSentinelAsync(quorum, cancellationToken))));
            await Task.WhenAll(group._sentinels.Select(sentinel => AwaitQuorumAsync(sentinel, sentinels, cancellationToken)));
            return group;
        }
        catch
        {
            await group.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until the sentinels name another primary than the first.</summary>
    public async Task AwaitFailoverAsync(CancellationToken cancellationToken)
    {
        TestServer sentinel = _sentinels[^1];
        await using ConnectionMultiplexer asked = await ConnectAsync(sentinel);
        await Eventually.TrueAsync(
            async () => await AskAsync(asked, "GET-MASTER-ADDR-BY-NAME") is { } answer && (string?)answer[1] == _servers[1].Address.Endpoint.Split(':')[1],
            "the replica has taken over", cancellationToken);
    }

    /// <summary>Waits until a server has been made a replica.</summary>
    public static async Task AwaitReplicaAsync(TestServer server, CancellationToken cancellationToken)
    {
        await using ConnectionMultiplexer asked = await ConnectToServerAsync(server);
        await Eventually.TrueAsync(
            async () => await TellRoleAsync(asked) is { } facts && facts.Contains("role:slave", StringComparison.Ordinal),
            "the old primary is a replica", cancellationToken);
    }

    /// <summary>Keeps what the primary is told from now on from its replica.</summary>
    public async Task CutReplicationAsync()
    {
        await using ConnectionMultiplexer replica = await ConnectToServerAsync(_servers[1]);
        await replica.GetDatabase().ExecuteAsync("CONFIG", "SET", "masterauth", "wrong");
        await replica.GetDatabase().ExecuteAsync("CLIENT", "KILL", "TYPE", "MASTER");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (TestServer server in _sentinels.Concat(_servers))
        {
            await server.DisposeAsync();
        }
    }

    private async Task StartServersAsync(CancellationToken cancellationToken)
    {
        _servers.Add(await ServerLauncher.StartRedisAsync(ServerLauncher.FreePort(), _password, cancellationToken, more: ["--masterauth", _password]));
        _servers.Add(await ServerLauncher.StartRedisAsync(ServerLauncher.FreePort(), _password, cancellationToken, more: ["--repl-diskless-sync-delay", "0"]));
        await _servers[1].FollowAsync(_servers[0].Address, cancellationToken);
    }

    private async Task<TestServer> StartSentinelAsync(int quorum, CancellationToken cancellationToken)
    {
        string directory = Directory.CreateTempSubdirectory("eformer-test-sentinel-").FullName, file = Path.Combine(directory, "sentinel.conf");
        int port = ServerLauncher.FreePort();
        string[] primary = _servers[0].Address.Endpoint.Split(':');
        List<string> lines =
        [
            string.Create(CultureInfo.InvariantCulture, $"port {port}"), "bind 127.0.0.1", $"dir {directory}", $"logfile {Path.Combine(directory, "log")}",
            string.Create(CultureInfo.InvariantCulture, $"sentinel monitor {Service} {primary[0]} {primary[1]} {quorum}"), $"sentinel auth-pass {Service} {_password}",
            string.Create(CultureInfo.InvariantCulture, $"sentinel down-after-milliseconds {Service} {DownAfterMs}"),
            string.Create(CultureInfo.InvariantCulture, $"sentinel failover-timeout {Service} {FailoverTimeoutMs}"),
        ];
        if (_sentinelPassword is not null)
        {
            lines.AddRange([$"requirepass {_sentinelPassword}", $"sentinel sentinel-pass {_sentinelPassword}"]);
        }

        await File.WriteAllLinesAsync(file, lines, cancellationToken);
        TestServer sentinel = new(
            () => ServerLauncher.Start(ServerLauncher.RedisExecutable, [file, "--sentinel"]), directory,
            new StoreFile(string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}"), _sentinelPassword ?? ""));
        await sentinel.ListensAsync(cancellationToken);
        return sentinel;
    }

    // Sentinels find each other by way of the primary, and know its replica once they have asked it.
    private static async Task AwaitQuorumAsync(TestServer sentinel, int sentinels, CancellationToken cancellationToken)
    {
        await using ConnectionMultiplexer asked = await ConnectAsync(sentinel);
        await Eventually.TrueAsync(
            async () => await AskAsync(asked, "SENTINELS") is { } others && others.Length == sentinels - 1
                && await AskAsync(asked, "REPLICAS") is { Length: 1 } && await AskAsync(asked, "CKQUORUM") is not null,
            "the sentinels could fail over", cancellationToken);
    }

    // Whoever is made a replica breaks the connections that it had.
    private static async Task<string?> TellRoleAsync(ConnectionMultiplexer server)
    {
        try
        {
            return (string?)await server.GetDatabase().ExecuteAsync("INFO", "replication");
        }
        catch (RedisConnectionException)
        {
            return null;
        }
    }

    private static Task<ConnectionMultiplexer> ConnectAsync(TestServer sentinel) =>
        ConnectionMultiplexer.SentinelConnectAsync($"{sentinel.Address.Endpoint},password={sentinel.Address.Password},allowAdmin=true,abortConnect=false");

    private static Task<ConnectionMultiplexer> ConnectToServerAsync(TestServer server) =>
        ConnectionMultiplexer.ConnectAsync($"{server.Address.Endpoint},password={server.Address.Password},allowAdmin=true,abortConnect=false");

    private static async Task<RedisResult?> AskAsync(ConnectionMultiplexer sentinel, string question)
    {
        try
        {
            return await sentinel.GetServers()[0].ExecuteAsync("SENTINEL", question, Service);
        }
        catch (RedisException)
        {
            return null;
        }
    }
}
