using System.Net;
using StackExchange.Redis;

namespace Eformer.Pool.RedisStore.Connections;

/// <summary>How StackExchange.Redis is set up for the two connections.</summary>
internal static class RedisSettings
{
    private const int ConnectMs = 2500;

    // One after the other, the sentinels and the servers that they name: one of each may hang.
    private const int ConnectBySentinelsMs = 1400;
    private const int AnswerMs = 4000;
    private const int ReconnectMs = 250;
    private const int KeepAliveSeconds = 5;

    private static readonly HashSet<string> s_subscriptions =
        ["SUBSCRIBE", "UNSUBSCRIBE", "PSUBSCRIBE", "PUNSUBSCRIBE", "SSUBSCRIBE", "SUNSUBSCRIBE"];

    /// <summary>For leases, heartbeats, claims: a call that cannot be sent now fails now, so that deadlines are known.</summary>
    public static ConfigurationOptions Control(StoreAddress address, string clientName)
    {
        ConfigurationOptions options = Common(address, clientName + "-control");
        options.BacklogPolicy = BacklogPolicy.FailFast;
        // Without subscriptions it needs one socket less; and they could not wait until theirs is open.
        options.CommandMap = CommandMap.Create(s_subscriptions, available: false);
        return options;
    }

    /// <summary>For payloads, runs and output; and for doorbells, which have a socket of their own.</summary>
    public static ConfigurationOptions Bulk(StoreAddress address, string clientName) => Common(address, clientName + "-bulk");

    private static ConfigurationOptions Common(StoreAddress address, string clientName)
    {
        ConfigurationOptions options = new()
        {
            // The first connect is judged by the caller; later ones are tried again for ever.
            AbortOnConnectFail = false,
            ConnectTimeout = address.ServiceName is null ? ConnectMs : ConnectBySentinelsMs,
            ConnectRetry = 1,
            AsyncTimeout = AnswerMs,
            SyncTimeout = AnswerMs,
            KeepAlive = KeepAliveSeconds,
            ReconnectRetryPolicy = new LinearRetry(ReconnectMs),
            // No keys or channels but ours, and none of ours in error messages.
            ConfigurationChannel = "",
            TieBreaker = "",
            IncludeDetailInExceptions = false,
            SetClientLibrary = false,
            ClientName = clientName,
        };
        SetAddress(options, address);
        return options;
    }

    private static void SetAddress(ConfigurationOptions options, StoreAddress address)
    {
        options.DefaultDatabase = address.Database;
        options.ServiceName = address.ServiceName;
        options.SentinelUser = address.SentinelUser;
        options.SentinelPassword = address.SentinelPassword;
        options.User = address.User;
        options.Password = address.Password;
        options.Ssl = address.Ssl;
        options.SslHost = address.SslHost;
        options.CheckCertificateRevocation = address.CheckRevocation;
        foreach (EndPoint endpoint in address.Endpoints)
        {
            options.EndPoints.Add(endpoint);
        }

        // Sentinels and clusters name further servers, now and later: those too must not be told a password in clear.
        options.BeforeSocketConnect = (endpoint, _, _) =>
        {
            if (!address.MayReach(endpoint))
            {
                throw StoreErrors.Insecure(StoreAddress.Describe(endpoint));
            }
        };
    }
}
