using System.Net;
using Eformer.Pool.Store;
using StackExchange.Redis;

namespace Eformer.Pool.RedisStore.Connections;

/// <summary>How StackExchange.Redis is set up for the two connections.</summary>
internal static class RedisSettings
{
    private const int ConnectMs = 2500;
    private const int AnswerMs = 4000;
    private const int ReconnectMs = 250;
    private const int KeepAliveSeconds = 5;

    private static readonly HashSet<string> s_subscriptions =
        ["SUBSCRIBE", "UNSUBSCRIBE", "PSUBSCRIBE", "PUNSUBSCRIBE", "SSUBSCRIBE", "SUNSUBSCRIBE"];

    /// <summary>For leases, heartbeats, claims: a call that cannot be sent now fails now, so that deadlines are known.</summary>
    public static ConfigurationOptions Control(StoreAddress address, StoreOptions store, SentinelRoute? route)
    {
        ConfigurationOptions options = Common(address, store, "-control", route);
        options.BacklogPolicy = BacklogPolicy.FailFast;
        // Without subscriptions it needs one socket less; and they could not wait until theirs is open.
        options.CommandMap = CommandMap.Create(s_subscriptions, available: false);
        return options;
    }

    /// <summary>For payloads, runs and output; and for doorbells, which have a socket of their own.</summary>
    public static ConfigurationOptions Bulk(StoreAddress address, StoreOptions store, SentinelRoute? route) => Common(address, store, "-bulk", route);

    private static ConfigurationOptions Common(StoreAddress address, StoreOptions store, string suffix, SentinelRoute? route)
    {
        ConfigurationOptions options = new()
        {
            // The first connect is judged by the caller; later ones are tried again for ever.
            AbortOnConnectFail = false,
            ConnectTimeout = ConnectMs,
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
            ClientName = store.ClientName + suffix,
        };
        SetAddress(options, address);
        if (store.PasswordFile is null)
        {
            options.Password = address.Password;
        }
        else
        {
            options.Defaults = new PasswordsOfFile(store);
        }

        if (route is not null)
        {
            options.Tunnel = route;
            options.SslClientAuthenticationOptions = _ => route.TlsOptions();
        }

        return options;
    }

    private static void SetAddress(ConfigurationOptions options, StoreAddress address)
    {
        options.DefaultDatabase = address.Database;
        options.User = address.User;
        options.Ssl = address.Ssl;
        options.SslHost = address.SslHost;
        options.CheckCertificateRevocation = address.CheckRevocation;
        // With sentinels there is one server, wherever it is: the first of them stands for it.
        foreach (EndPoint endpoint in address.Endpoints.Take(address.ServiceName is null ? address.Endpoints.Count : 1))
        {
            options.EndPoints.Add(endpoint);
        }

        // A cluster names further servers, now and later: those too must not be told a password in clear.
        options.BeforeSocketConnect = (endpoint, _, _) =>
        {
            if (!address.MayReach(endpoint))
            {
                throw StoreErrors.Insecure(StoreAddress.Describe(endpoint));
            }
        };
    }
}
