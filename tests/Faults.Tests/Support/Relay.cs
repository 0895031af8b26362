using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Eformer.Pool.Store;

namespace Eformer.Pool.Faults.Tests.Support;

/// <summary>A TCP relay on loopback, so that what is behind an address can change, as it does in a failover.</summary>
internal sealed class Relay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<Socket, bool> _open = new();
    private readonly CancellationTokenSource _end = new();
    private readonly Task _loop;
    private readonly StringBuilder _unheard = new();
    private volatile int _port;
    private volatile bool _isDeaf;

    private Relay(int port)
    {
        _port = port;
        _listener.Start();
        _loop = Task.Run(AcceptAsync);
    }

    public static Relay To(StoreFile address) => new(PortOf(address));

    /// <summary>A server as clients see it through the relay. Its process stays the caller's.</summary>
    public TestServer Server(TestServer behind) => TestServer.At(
        new StoreFile(string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}"), behind.Address.Password));

    /// <summary>What clients have said since nothing of it is passed on.</summary>
    public string Unheard
    {
        get
        {
            lock (_unheard)
            {
                return _unheard.ToString();
            }
        }
    }

    /// <summary>Drops what clients say from now on; what the server says reaches them. <see cref="Turn"/> ends it.</summary>
    public void Deafen() => _isDeaf = true;

    /// <summary>Sends new connections elsewhere, and breaks those there are.</summary>
    public void Turn(StoreFile address)
    {
        _isDeaf = false;
        _port = PortOf(address);
        foreach (Socket socket in _open.Keys)
        {
            socket.Dispose();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _listener.Dispose();
        Turn(new StoreFile("127.0.0.1:1", ""));
        _end.Dispose();
    }

    private static int PortOf(StoreFile address) => int.Parse(address.Endpoint.Split(':')[1], CultureInfo.InvariantCulture);

    private async Task AcceptAsync()
    {
        while (true)
        {
            Socket client = await _listener.AcceptSocketAsync(_end.Token);
            _ = Task.Run(() => ServeAsync(client), CancellationToken.None);
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using Socket server = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.NoDelay = true;
        _open[client] = true;
        _open[server] = true;
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, _port, _end.Token);
            await Task.WhenAny(PumpAsync(client, server, isRequest: true), PumpAsync(server, client, isRequest: false));
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // Nobody is behind it; the client sees its connection broken, as it would without a relay.
        }
        finally
        {
            _open.TryRemove(client, out _);
            _open.TryRemove(server, out _);
            client.Dispose();
        }
    }

    private async Task PumpAsync(Socket from, Socket to, bool isRequest)
    {
        byte[] buffer = new byte[64 * 1024];
        bool isCut = false;
        while (await from.ReceiveAsync(buffer, _end.Token) is var count and > 0)
        {
            // Once something is missing the rest makes no sense: such a connection stays deaf until it breaks.
            if (isRequest && (isCut |= _isDeaf))
            {
                Drop(buffer.AsSpan(0, count));
                continue;
            }

            await to.SendAsync(buffer.AsMemory(0, count), _end.Token);
        }
    }

    private void Drop(ReadOnlySpan<byte> said)
    {
        lock (_unheard)
        {
            _unheard.Append(Encoding.Latin1.GetString(said));
        }
    }
}
