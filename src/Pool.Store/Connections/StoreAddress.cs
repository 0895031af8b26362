using System.Net;

namespace Eformer.Pool.RedisStore.Connections;

/// <summary>Where a store is and how to get in, read from a connection string.</summary>
internal sealed record StoreAddress
{
    private const int Displayed = 3;

    /// <summary>Its servers.</summary>
    public required IReadOnlyList<EndPoint> Endpoints { get; init; }

    /// <summary>Whether TLS is used.</summary>
    public bool Ssl { get; init; }

    /// <summary>Name the server's certificate must have, when it is not the host's.</summary>
    public string? SslHost { get; init; }

    /// <summary>Whether revoked certificates are looked up.</summary>
    public bool CheckRevocation { get; init; }

    /// <summary>User, or null for the default one.</summary>
    public string? User { get; init; }

    /// <summary>Password, or null.</summary>
    public string? Password { get; init; }

    /// <summary>Number of the database.</summary>
    public int Database { get; init; }

    /// <summary>Name of the service, when the endpoints are sentinels.</summary>
    public string? ServiceName { get; init; }

    /// <summary>User for the sentinels, or null for their default one.</summary>
    public string? SentinelUser { get; init; }

    /// <summary>Password for the sentinels, or null.</summary>
    public string? SentinelPassword { get; init; }

    /// <summary>Whether servers of other machines may be reached without TLS.</summary>
    public bool AllowsInsecureTransport { get; init; }

    /// <summary>Host and port, fit for messages.</summary>
    public string Display =>
        string.Join(',', Endpoints.Take(Displayed).Select(Describe)) + (Endpoints.Count > Displayed ? ",…" : "");

    /// <summary>Whether every server is on this machine.</summary>
    public bool IsLoopback => Endpoints.All(IsOfThisMachine);

    /// <summary>Whether a server may be connected to: with TLS, on this machine, or where somebody allowed it.</summary>
    public bool MayReach(EndPoint endpoint) => Ssl || AllowsInsecureTransport || IsOfThisMachine(endpoint);

    /// <summary>Whether a server is on this machine.</summary>
    public static bool IsOfThisMachine(EndPoint endpoint) => endpoint switch
    {
        IPEndPoint ip => IPAddress.IsLoopback(ip.Address),
        DnsEndPoint dns => string.Equals(dns.Host, "localhost", StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

    /// <summary>Host and port; never the password.</summary>
    public override string ToString() => Display;

    /// <summary>The host of a server, as it is named.</summary>
    public static string? HostOf(EndPoint endpoint) => (endpoint as DnsEndPoint)?.Host ?? (endpoint as IPEndPoint)?.Address.ToString();

    /// <summary>Host and port of a server, fit for messages.</summary>
    public static string Describe(EndPoint endpoint) =>
        endpoint is DnsEndPoint dns ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{dns.Host}:{dns.Port}") : endpoint.ToString()!;
}
