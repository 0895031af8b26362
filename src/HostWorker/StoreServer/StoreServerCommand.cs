using System.Globalization;
using System.Security.Cryptography;
using Eformer.Pool.HostWorker.Ownership;
using Eformer.Pool.Store;
using Garnet.common;

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
        Task stop = options.OwnedByStdin ? Task.WhenAny(signals.Stopped, StdinOwner.WaitAsync()) : signals.Stopped;
        try
        {
            StoreFolder folder = StoreFolder.Prepare(options.Directory);
            await ServeAsync(options, folder, stop, cancellationToken);
            return 0;
        }
        catch (Exception exception) when (exception is GarnetException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"The store cannot run: {exception.Message}");
            return 1;
        }
    }

    private static async Task ServeAsync(StoreServerOptions options, StoreFolder folder, Task stop, CancellationToken cancellationToken)
    {
        try
        {
            StoreFile? former = await FindFormerAsync(folder, cancellationToken);
            string password = former?.Password ?? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(PasswordBytes));
            using StderrLoggerFactory loggers = new();
            using EmbeddedServer server = Start(folder, options.Port, former, password, loggers);
            string endpoint = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{server.Port}");
            await new StoreFile(endpoint, password).WriteAsync(folder.File, cancellationToken);
            await Console.Out.WriteLineAsync($"ready {endpoint}");
            await WaitAsync(Task.WhenAny(stop, loggers.Unwritten), cancellationToken);
            if (loggers.Unwritten.IsCompleted)
            {
                Abandon(options, folder, await loggers.Unwritten);
            }

            // A file that points to a store that is gone would only mislead.
            File.Delete(folder.File);
        }
        finally
        {
            if (options.Ephemeral)
            {
                folder.Delete();
            }
        }
    }

    // As if it were killed: threads of the server hang in what it cannot write. Its file stays, for whoever starts it again.
    private static void Abandon(StoreServerOptions options, StoreFolder folder, string reason)
    {
        Console.Error.WriteLine(
            $"The store cannot go on: its folder '{folder.Path}' could not be written: {reason}. Make room there, and start it again; pools that live still confirm their leases then.");
        if (options.Ephemeral)
        {
            folder.Delete();
        }

        Environment.Exit(1);
    }

    // A store that was killed left its file. Agents and drivers wait for it where it was, with the password they know.
    private static async Task<StoreFile?> FindFormerAsync(StoreFolder folder, CancellationToken cancellationToken)
    {
        try
        {
            return await StoreFile.ReadAsync(folder.File, cancellationToken);
        }
        catch (SlicePoolException)
        {
            // There is none, or it is none that can be trusted: this store is a new one.
            return null;
        }
    }

    private static EmbeddedServer Start(StoreFolder folder, int port, StoreFile? former, string password, StderrLoggerFactory loggers)
    {
        if (port == 0 && int.TryParse(former?.Endpoint.Split(':')[^1], NumberStyles.None, CultureInfo.InvariantCulture, out int usual))
        {
            try
            {
                return EmbeddedServer.Start(folder, usual, password, loggers);
            }
            catch (GarnetException)
            {
                // Somebody else listens there by now.
            }
        }

        return EmbeddedServer.Start(folder, port, password, loggers);
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
