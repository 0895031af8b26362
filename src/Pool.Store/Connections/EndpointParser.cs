using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace Eformer.Pool.RedisStore.Connections;

/// <summary>Reads <c>host</c>, <c>host:port</c>, <c>address:port</c> and <c>[IPv6]:port</c>.</summary>
internal static partial class EndpointParser
{
    private const int MaxPort = 65535;

    [GeneratedRegex(@"\A(?:\[(?<v6>[0-9A-Fa-f:.]{2,45})\]|(?<host>[A-Za-z0-9](?:[A-Za-z0-9._-]{0,251}[A-Za-z0-9])?))(?::(?<port>[0-9]+))?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Grammar();

    /// <summary>Reads an endpoint. The text is not repeated in errors: it may be a misplaced password, and so may a number be.</summary>
    public static EndPoint Parse(string text, int defaultPort)
    {
        Match match = Grammar().Match(text);
        if (!match.Success)
        {
            throw StoreErrors.Invalid("one of its endpoints is not of the form host:port");
        }

        string port = match.Groups["port"].Value;
        int number = port.Length == 0 ? defaultPort : int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out int given) ? given : 0;
        return number is >= 1 and <= MaxPort
            ? Make(match.Groups["v6"].Value, match.Groups["host"].Value, number)
            : throw StoreErrors.Invalid($"a port must be between 1 and {MaxPort}");
    }

    /// <summary>The endpoint that a sentinel names; null when that is none, whatever else it may be.</summary>
    public static EndPoint? OfNamed(string host, string port)
    {
        try
        {
            return Parse(host.Contains(':', StringComparison.Ordinal) ? $"[{host}]:{port}" : $"{host}:{port}", defaultPort: 0);
        }
        catch (SlicePoolException)
        {
            return null;
        }
    }

    private static EndPoint Make(string v6, string host, int port)
    {
        string address = v6.Length > 0 ? v6 : host;
        if (IPAddress.TryParse(address, out IPAddress? ip) && (v6.Length > 0 || address.Count(c => c == '.') == 3))
        {
            return new IPEndPoint(ip, port);
        }

        return v6.Length == 0 ? new DnsEndPoint(host, port) : throw StoreErrors.Invalid("one of its endpoints is not an IPv6 address");
    }
}
