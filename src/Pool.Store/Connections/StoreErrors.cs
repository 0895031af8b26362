namespace Eformer.Pool.RedisStore.Connections;

/// <summary>The errors of a store, each with its id, its kind and advice. None ever holds a password.</summary>
internal static class StoreErrors
{
    public static SlicePoolException Invalid(string reason) => new(
        "InvalidStore",
        PoolErrorCategory.InvalidArgument,
        $"The store's connection string is not valid: {reason}.",
        "Use 'host:port', 'host:port,password=…', 'host:port,user=…,password=…,ssl=true', several hosts of a cluster, sentinels as 'host:port,host:port,serviceName=…', or a URI: 'redis://user:password@host:port', 'rediss://…' with TLS. A password with a comma must be in a URI, or be given by itself.");

    public static SlicePoolException Insecure(string endpoint) => new(
        "InsecureTransport",
        PoolErrorCategory.SecurityError,
        $"The store at {endpoint} is not on this machine, and the connection to it would not be encrypted.",
        "Add 'ssl=true' to the connection string or begin its URI with 'rediss://', or allow insecure transport if nobody else can reach that network.",
        endpoint);

    public static SlicePoolException Unreachable(string endpoint, string reason, Exception? cause = null) => new(
        "StoreUnreachable",
        PoolErrorCategory.ConnectionError,
        $"The store at {endpoint} cannot be reached: {reason}.",
        "Check that the store runs, that host and port are right and that no firewall is in between, and try again.",
        endpoint,
        cause);

    /// <summary>It is there but takes no writes, or no further client, for now. To all who wait for a store that is away this is the same: nothing was written.</summary>
    public static SlicePoolException TakesNothing(string endpoint, string reason, string advice, Exception? cause = null) => new(
        "StoreUnreachable",
        PoolErrorCategory.ResourceUnavailable,
        $"The store at {endpoint} takes nothing for now: {reason}.",
        advice,
        endpoint,
        cause);

    public static SlicePoolException Authentication(string endpoint, Exception? cause = null) => new(
        "StoreAuthentication",
        PoolErrorCategory.SecurityError,
        $"The store at {endpoint} refuses the user or password it was given, or the user may not do what is needed.",
        "Give the right password, and a user that may run scripts and use this fleet's keys and channels.",
        endpoint,
        cause);

    /// <summary>It let us in before, and may do so again: to all who wait for a store that is away this is the same.</summary>
    public static SlicePoolException Refused(string endpoint, Exception cause) => new(
        "StoreUnreachable",
        PoolErrorCategory.SecurityError,
        $"The store at {endpoint} cannot be reached: by now it refuses the user or password it was given.",
        "Write the new password into the password file of the agent, which reads it again for each attempt; an agent without one has to be started again, and a pool connected anew.",
        endpoint,
        cause);

    /// <summary>The sentinels are there, and know nothing by that name.</summary>
    public static SlicePoolException UnknownService(string endpoint, string service, Exception? cause) => new(
        "StoreServiceNotFound",
        PoolErrorCategory.ObjectNotFound,
        $"The sentinels at {endpoint} know no service '{Topology.PoolName.Printable(service)}'.",
        "Give 'serviceName=' the name that the line 'sentinel monitor' of their configuration gives the primary.",
        endpoint,
        cause);

    /// <summary>Several servers were named that know nothing of each other: some would find their fleet on one, some on another.</summary>
    public static SlicePoolException Several(string endpoint) => new(
        "StoreUnfit",
        PoolErrorCategory.InvalidOperation,
        $"More than one of the servers at {endpoint} takes writes, and they are no cluster.",
        "Name one server; several only of a cluster, of a primary with its replicas, or sentinels with 'serviceName='.",
        endpoint);

    /// <summary>A server was named where sentinels are expected.</summary>
    public static SlicePoolException NoSentinel(string endpoint, Exception? cause) => new(
        "StoreUnfit",
        PoolErrorCategory.InvalidOperation,
        $"What answers at {endpoint} is no sentinel.",
        "With 'serviceName=' name the sentinels, whose port is 26379 by default; leave it out to name the server itself.",
        endpoint,
        cause);

    /// <summary>Sentinels were named where a server is expected.</summary>
    public static SlicePoolException Sentinel(string endpoint, Exception? cause) => new(
        "StoreUnfit",
        PoolErrorCategory.InvalidOperation,
        $"What answers at {endpoint} is a sentinel, which holds no data.",
        "Add 'serviceName=' with the name that the sentinels give the primary.",
        endpoint,
        cause);

    /// <summary>What went wrong with sentinels, where that is told differently than of a server.</summary>
    public static SlicePoolException OfSentinels(SlicePoolException error) => error.ErrorId != "StoreAuthentication" ? error : new(
        error.ErrorId,
        error.Category,
        $"The sentinels at {error.Target} refuse the user or password they were given, or the lack of one.",
        "Give 'sentinelPassword=', and 'sentinelUser=' where they have users; 'user=' and 'password=' are for the servers that they watch.",
        error.Target,
        error.InnerException);

    /// <summary>What is wrong with the primary that sentinels named.</summary>
    public static SlicePoolException OfPrimary(string sentinels, string primary, SlicePoolException error) => new(
        error.ErrorId,
        error.Category,
        $"The sentinels at {sentinels} name {primary} as the primary. {error.Message}",
        error.RecommendedAction,
        sentinels,
        error.InnerException);

    public static SlicePoolException Unfit(string endpoint, string reason, Exception? cause = null) => new(
        "StoreUnfit",
        PoolErrorCategory.InvalidOperation,
        $"The server at {endpoint} cannot be used as a store: {reason}.",
        "Use Redis 7.0 or later, Valkey, or 'eformer-host store'.",
        endpoint,
        cause);

    public static SlicePoolException Damaged(string endpoint, string what, Exception? cause = null) => new(
        "StoreDamaged",
        PoolErrorCategory.InvalidData,
        $"The store at {endpoint} holds data that is not ours or was spoilt: {what}.",
        "Find out what else writes to that server. If nothing of value runs in the fleet, delete the key and start the agents again.",
        endpoint,
        cause);
}
