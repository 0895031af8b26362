using System.Diagnostics;
using System.Globalization;
using Eformer.Pool.Store;

namespace Eformer.Pool.Bench.Driving;

/// <summary>The installed redis-server, on loopback and without a disk.</summary>
internal sealed class RedisServer : IStoreServer
{
    private const string Program = "redis-server";
    private readonly Process _process;

    private RedisServer(Process process, StoreFile address) => (_process, Address) = (process, address);

    /// <inheritdoc/>
    public string Name => "redis";

    /// <inheritdoc/>
    public StoreFile Address { get; }

    /// <inheritdoc/>
    public int ProcessId => _process.Id;

    /// <summary>Whether it is installed.</summary>
    public static bool IsInstalled { get; } = Installed.Find(Program) is not null;

    /// <summary>Starts it; null where it is not installed.</summary>
    public static async Task<RedisServer?> TryStartAsync() => IsInstalled ? await StartAsync() : null;

    /// <summary>Starts it.</summary>
    public static Task<RedisServer> StartAsync() => StartAsync(FreePorts.Take(1)[0].ToString(CultureInfo.InvariantCulture));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static async Task<RedisServer> StartAsync(string port)
    {
        StoreFile address = new($"127.0.0.1:{port}", Guid.NewGuid().ToString("N"));
        Process process = Process.Start(new ProcessStartInfo(
            Program, ["--port", port, "--bind", "127.0.0.1", "--requirepass", address.Password, "--save", "", "--appendonly", "no"])
        {
            RedirectStandardOutput = true,
        })!;
        RedisServer server = new(process, address);
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Contains("Ready to accept connections", StringComparison.Ordinal))
            {
                return server;
            }
        }

        throw new InvalidOperationException($"{Program} ended with exit code {process.ExitCode}.");
    }
}
