using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Eformer.Pool.Store;
using Xunit;

namespace Eformer.Pool.Testing;

/// <summary>Starts servers.</summary>
public static class ServerLauncher
{
    internal const string RedisExecutable = "redis-server";

    /// <summary>Starts a server, or skips the test where there is none of that kind; in CI that is a failure.</summary>
    public static Task<TestServer> StartAsync(ServerKind kind, CancellationToken cancellationToken) => kind switch
    {
        ServerKind.Redis => StartRedisAsync(FreePort(), Guid.NewGuid().ToString("N"), cancellationToken),
        ServerKind.Cluster => ClusterLauncher.StartAsync(cancellationToken),
        _ => StartGarnetAsync(cancellationToken),
    };

    /// <summary>Starts redis-server on a port, with a password; a persistent one has its data again after a restart.</summary>
    public static async Task<TestServer> StartRedisAsync(int port, string password, CancellationToken cancellationToken, bool persistent = false, params string[] more)
    {
        RequireRedis();
        string directory = Directory.CreateTempSubdirectory("eformer-test-redis-").FullName;
        StoreFile address = new(string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}"), password);
        string[] arguments =
        [
            "--port", port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--requirepass", address.Password,
            "--save", "", "--appendonly", persistent ? "yes" : "no", "--appendfsync", "always", "--dir", directory,
            "--logfile", Path.Combine(directory, "log"), .. more,
        ];
        TestServer server = new(() => Start(RedisExecutable, arguments), directory, address);
        await AwaitAsync(server, port, cancellationToken);
        return server;
    }

    /// <summary>Skips the test where redis-server is not installed; in CI that is a failure.</summary>
    internal static void RequireRedis() => Require(Executables.Find(RedisExecutable) is not null, $"{RedisExecutable} is not installed: nothing was tested on Redis.");

    /// <summary>A port of loopback that nobody uses.</summary>
    public static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Starts <c>eformer-host store</c>, owned by this process.</summary>
    public static Process StartHost(params string[] arguments) => Start(HostExecutable.Path, ["store", "--owned", .. arguments]);

    private static async Task<TestServer> StartGarnetAsync(CancellationToken cancellationToken)
    {
        string directory = Directory.CreateTempSubdirectory("eformer-test-garnet-").FullName;
        Process process = StartHost("--directory", directory);
        string ready = await process.StandardOutput.ReadLineAsync(cancellationToken) ?? "";
        Assert.True(ready.StartsWith("ready ", StringComparison.Ordinal), $"The embedded store did not start: '{ready}'.");
        Process? first = process;
        return new TestServer(() => Interlocked.Exchange(ref first, null) ?? StartHost("--directory", directory), directory, await StoreFile.ReadAsync(StoreFile.PathIn(directory), cancellationToken));
    }

    internal static Process Start(string file, IEnumerable<string> arguments) => Process.Start(new ProcessStartInfo(file, arguments)
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
    })!;

    /// <summary>Waits until a server listens; one that does not is ended.</summary>
    public static async Task AwaitAsync(TestServer server, int port, CancellationToken cancellationToken)
    {
        try
        {
            await Eventually.TrueAsync(() => IsListeningAsync(port, cancellationToken), "the server listens", cancellationToken);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    private static async Task<bool> IsListeningAsync(int port, CancellationToken cancellationToken)
    {
        using Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static void Require(bool met, string otherwise)
    {
        if (!met && Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail(otherwise);
        }

        Assert.SkipUnless(met, otherwise);
    }
}
