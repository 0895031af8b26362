using System.Net;
using System.Net.Sockets;
using Garnet;
using Garnet.common;
using Microsoft.Extensions.Logging;

namespace Eformer.Pool.HostWorker.StoreServer;

/// <summary>A running Garnet on a loopback port.</summary>
internal sealed class EmbeddedServer : IDisposable
{
    private const int PortAttempts = 8;

    private readonly GarnetServer _server;

    private EmbeddedServer(GarnetServer server, int port)
    {
        _server = server;
        Port = port;
    }

    /// <summary>The port it listens on.</summary>
    public int Port { get; }

    /// <summary>Starts a server; with port 0 on a free one.</summary>
    /// <exception cref="GarnetException">It cannot listen there.</exception>
    public static EmbeddedServer Start(StoreFolder folder, int port, string password, ILoggerFactory loggers)
    {
        // Garnet does not tell which port it was given, so one is picked first; another process may be faster.
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return StartOn(folder, port == 0 ? FreePort() : port, password, loggers);
            }
            catch (GarnetException exception) when (port == 0 && attempt < PortAttempts && IsTaken(exception))
            {
            }
        }
    }

    public void Dispose() => _server.Dispose();

    private static EmbeddedServer StartOn(StoreFolder folder, int port, string password, ILoggerFactory loggers)
    {
        GarnetServer server = new(GarnetSettings.Create(folder, port, password), loggers);
        try
        {
            server.Start();
            return new EmbeddedServer(server, port);
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    private static bool IsTaken(GarnetException exception) =>
        exception.InnerException is SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse };

    private static int FreePort()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
