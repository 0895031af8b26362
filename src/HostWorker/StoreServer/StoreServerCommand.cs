using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;
using Eformer.Pool.Store;

namespace Eformer.Pool.HostWorker.StoreServer;

/// <summary><c>eformer-host store</c>: an embedded store for this machine, reachable by those who can read its file.</summary>
internal static class StoreServerCommand
{
    private const int PasswordBytes = 32;

    /// <summary>Runs until it is told to stop, by signal, owner or token.</summary>
    /// <returns>The exit code: 0 when it ended as told, 1 when it could not start.</returns>
    public static async Task<int> RunAsync(StoreServerOptions options, CancellationToken cancellationToken)
    {
        using StopSignals signals = new(options.OwnedByStdin);
        Task owner = options.OwnedByStdin ? StdinOwner.WaitAsync() : Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        string directory = StoreFolder.Prepare(options.Directory);
        try
        {
            return await ServeAsync(options, directory, Task.WhenAny(signals.Stopped, owner), cancellationToken);
        }
        finally
        {
            if (options.Ephemeral)
            {
                StoreFolder.Delete(directory);
            }
        }
    }

    private static async Task<int> ServeAsync(StoreServerOptions options, string directory, Task stop, CancellationToken cancellationToken)
    {
        string password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(PasswordBytes));
        string file = StoreFile.PathIn(directory);
        using StderrLoggerFactory loggers = new();
        try
        {
            using EmbeddedServer server = EmbeddedServer.Start(directory, options.Port, password, loggers);
            string endpoint = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{server.Port}");
            await new StoreFile(endpoint, password).WriteAsync(file, cancellationToken);
            await Console.Out.WriteLineAsync($"ready {endpoint}");
            await WaitAsync(stop, cancellationToken);
            // A file that points to a store that is gone would only mislead.
            File.Delete(file);
            return 0;
        }
        catch (SocketException exception)
        {
            await Console.Error.WriteLineAsync($"The store cannot listen on 127.0.0.1:{options.Port}: {exception.Message}.");
            return 1;
        }
    }

    private static async Task WaitAsync(Task stop, CancellationToken cancellationToken)
    {
        try
        {
            await stop.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The token is one of the ways to end it, not a failure.
        }
    }
}
