using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using StackExchange.Redis;
using StackExchange.Redis.Configuration;

namespace Eformer.Pool.RedisStore.Connections;

/// <summary>
/// Leads each connection of one client to the primary that the sentinels name at that moment, and breaks those that lead to another. To the
/// client it is one server that was restarted when a replica takes over.
/// </summary>
/// <remarks>
/// The client's own way with sentinels connects to the replicas too, and then writes to whichever takes itself for the primary: one that
/// was replaced and comes back does so for seconds, and what is written to it is lost.
/// </remarks>
internal sealed class SentinelRoute(Func<StoreAddress> whereabouts, TimeProvider time) : Tunnel
{
    // Refuses at once, and the client tries again a little later; an exception would reach nobody.
    private static readonly IPEndPoint s_nowhere = new(IPAddress.Loopback, 0);

    // What of it never changes: only the passwords do.
    private readonly StoreAddress _address = whereabouts();
    private readonly ConditionalWeakTable<Socket, EndPoint> _sockets = [];
    private readonly OnceASecond _asking = new(time);
    private volatile EndPoint _primary = s_nowhere;

    /// <summary>How TLS is spoken with the primary: the certificate is that of its host, not of a sentinel's.</summary>
    public SslClientAuthenticationOptions TlsOptions() => new()
    {
        TargetHost = _address.SslHost ?? StoreAddress.HostOf(_primary),
        CertificateRevocationCheckMode = _address.CheckRevocation ? X509RevocationMode.Online : X509RevocationMode.NoCheck,
    };

    public override async ValueTask<EndPoint?> GetSocketConnectEndpointAsync(EndPoint endpoint, CancellationToken cancellationToken)
    {
        EndPoint? primary = await FindPrimaryAsync(cancellationToken);
        return _primary = primary is not null && _address.MayReach(primary) ? primary : s_nowhere;
    }

    public override ValueTask BeforeSocketConnectAsync(EndPoint endPoint, ConnectionType connectionType, Socket? socket, CancellationToken cancellationToken)
    {
        if (socket is not null)
        {
            _sockets.AddOrUpdate(socket, _primary);
        }

        return default;
    }

    /// <summary>Something went wrong: asks the sentinels whether another server is the primary by now, once a second at most.</summary>
    /// <param name="isUseless">Whether what we are connected to takes no writes, whatever they say.</param>
    public Task SuspectAsync(bool isUseless) => _asking.TryAsync(async () =>
    {
        if (await FindPrimaryAsync(CancellationToken.None) is { } primary)
        {
            Break(primary, isUseless);
        }
    });

    private Task<EndPoint?> FindPrimaryAsync(CancellationToken cancellationToken) => new SentinelProbe(whereabouts(), time).FindPrimaryAsync(cancellationToken);

    private void Break(EndPoint primary, bool isUseless)
    {
        foreach ((Socket socket, EndPoint leadsTo) in _sockets)
        {
            if (isUseless || !leadsTo.Equals(primary))
            {
                _sockets.Remove(socket);
                Shut(socket);
            }
        }
    }

    private static void Shut(Socket socket)
    {
        try
        {
            socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // It was no connection any more, or not yet one.
        }
    }
}
