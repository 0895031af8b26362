using System.Globalization;
using System.Net;
using Eformer.Pool.Store;

namespace Eformer.Pool.RedisStore.Connections;

/// <summary>Reads connection strings, strictly: what is not known is refused, because it may be a misplaced password or change the rules.</summary>
internal static class StoreAddressParser
{
    private const int MaxLength = 8192;
    private const int MaxEndpoints = 64;
    private const int MaxDatabase = 15;
    private const int DefaultPort = 6379;
    private const int DefaultSslPort = 6380;
    private const int DefaultSentinelPort = 26379;

    private static readonly HashSet<string> s_known = new(StringComparer.OrdinalIgnoreCase)
    {
        "password", "user", "ssl", "sslHost", "checkCertificateRevocation", "defaultDatabase", "serviceName",
        "sentinelUser", "sentinelPassword",
    };

    // Only these are named when refused; any other text may be the rest of a password with a comma in it.
    private static readonly HashSet<string> s_refused = new(StringComparer.OrdinalIgnoreCase)
    {
        "abortConnect", "allowAdmin", "asyncTimeout", "channelPrefix", "configChannel", "configCheckSeconds", "connectRetry",
        "connectTimeout", "keepAlive", "name", "protocol", "proxy", "resolveDns", "sslProtocols", "syncTimeout", "tieBreaker",
        "version", "writeBuffer",
    };

    /// <summary>Reads the address.</summary>
    /// <exception cref="SlicePoolException"><c>InvalidStore</c>, <c>InsecureTransport</c>.</exception>
    public static StoreAddress Parse(StoreOptions options)
    {
        string text = options.Connection ?? "";
        if (string.IsNullOrWhiteSpace(text) || text.Length > MaxLength)
        {
            throw StoreErrors.Invalid(text.Length > MaxLength ? "it is too long" : "it is empty");
        }

        StoreAddress address = StoreUri.Is(text) ? ReadUri(text, options.Password) : ReadList(text, options);
        address = address with { AllowsInsecureTransport = options.AllowInsecureTransport };
        return address.Endpoints.All(address.MayReach) ? address : throw StoreErrors.Insecure(address.Display);
    }

    /// <summary>Reads the address again, with the passwords that its file has by now; with those it had where these cannot be.</summary>
    public static StoreAddress ParseNow(StoreOptions options)
    {
        try
        {
            return Parse(options.Refreshed());
        }
        catch (SlicePoolException)
        {
            // A password that the connection string has already was written into the file: what was read at the start still holds.
            return Parse(options);
        }
    }

    // A URI without a port means 6379, with TLS too: so it is with redis-cli.
    private static StoreAddress ReadUri(string text, string? password)
    {
        try
        {
            StoreUri uri = StoreUri.Read(text);
            return new StoreAddress
            {
                Endpoints = ReadEndpoints([uri.Endpoint], DefaultPort),
                Ssl = uri.Ssl,
                User = uri.User,
                Password = ReadPassword(uri.Password, password),
                Database = ReadDatabase(uri.Database),
            };
        }
        catch (FormatException exception)
        {
            throw StoreErrors.Invalid(exception.Message);
        }
    }

    private static StoreAddress ReadList(string text, StoreOptions options)
    {
        string[] segments = text.Split(',', StringSplitOptions.TrimEntries);
        string[] hosts = [.. segments.TakeWhile(segment => !segment.Contains('='))];
        Dictionary<string, string> settings = ReadSettings(segments.Skip(hosts.Length));
        StoreAddress address = Build(hosts, settings, options.Password);
        return ReadService(address, settings, options.SentinelPassword);
    }

    private static StoreAddress ReadService(StoreAddress address, Dictionary<string, string> settings, string? password)
    {
        if (!settings.TryGetValue("serviceName", out string? service))
        {
            return settings.ContainsKey("sentinelUser") || settings.ContainsKey("sentinelPassword")
                ? throw StoreErrors.Invalid("options for sentinels make sense only with 'serviceName='")
                : address;
        }

        return address with
        {
            ServiceName = service.Length > 0 ? service : throw StoreErrors.Invalid("the option 'serviceName' is empty"),
            SentinelUser = settings.GetValueOrDefault("sentinelUser"),
            SentinelPassword = ReadPassword(settings.GetValueOrDefault("sentinelPassword"), password),
        };
    }

    private static Dictionary<string, string> ReadSettings(IEnumerable<string> segments)
    {
        Dictionary<string, string> settings = new(StringComparer.OrdinalIgnoreCase);
        foreach (string segment in segments)
        {
            int equals = segment.IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? "" : segment[..equals].Trim();
            if (!s_known.Contains(name))
            {
                throw StoreErrors.Invalid(s_refused.Contains(name)
                    ? $"the option '{name}' cannot be set"
                    : "it has an option that is not known, or a password with a comma");
            }

            if (!settings.TryAdd(name, segment[(equals + 1)..].Trim()))
            {
                throw StoreErrors.Invalid($"the option '{name}' is given twice");
            }
        }

        return settings;
    }

    private static StoreAddress Build(string[] hosts, Dictionary<string, string> settings, string? password)
    {
        bool ssl = ReadSwitch(settings, "ssl");
        return new StoreAddress
        {
            Endpoints = ReadEndpoints(hosts, settings.ContainsKey("serviceName") ? DefaultSentinelPort : ssl ? DefaultSslPort : DefaultPort),
            Ssl = ssl,
            SslHost = settings.GetValueOrDefault("sslHost"),
            CheckRevocation = ReadSwitch(settings, "checkCertificateRevocation"),
            User = settings.GetValueOrDefault("user"),
            Password = ReadPassword(settings.GetValueOrDefault("password"), password),
            Database = ReadDatabase(settings.GetValueOrDefault("defaultDatabase", "")),
        };
    }

    private static EndPoint[] ReadEndpoints(string[] hosts, int defaultPort) => hosts.Length switch
    {
        0 => throw StoreErrors.Invalid("it has no endpoint"),
        > MaxEndpoints => throw StoreErrors.Invalid($"it has more than {MaxEndpoints} endpoints"),
        _ => Array.ConvertAll(hosts, host => EndpointParser.Parse(host, defaultPort)),
    };

    private static string? ReadPassword(string? inline, string? separate) =>
        string.IsNullOrEmpty(inline) ? separate
        : separate is null ? inline
        : throw StoreErrors.Invalid("the password is given twice");

    private static bool ReadSwitch(Dictionary<string, string> settings, string name) =>
        settings.TryGetValue(name, out string? text)
        && (bool.TryParse(text, out bool value) ? value : throw StoreErrors.Invalid($"the option '{name}' must be true or false"));

    private static int ReadDatabase(string text) =>
        text.Length == 0 ? 0
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number <= MaxDatabase ? number
        : throw StoreErrors.Invalid($"the number of the database must be between 0 and {MaxDatabase}");
}
