namespace Eformer.Pool.RedisStore.Fitness;

/// <summary>What was found out about a server.</summary>
internal sealed record ServerFacts
{
    /// <summary>Product and version: <c>redis 7.0.15</c>; empty when it does not tell.</summary>
    public required string Name { get; init; }

    /// <summary>Host and port.</summary>
    public string Endpoint { get; init; } = "";

    /// <summary>Why its version cannot be a store's; null when it can.</summary>
    public string? Unfit { get; init; }

    /// <summary>What it says of itself.</summary>
    public required IReadOnlyDictionary<string, string> Info { get; init; }

    /// <summary>Its settings; null when it does not tell them.</summary>
    public IReadOnlyDictionary<string, string>? Settings { get; init; }

    /// <summary>How far scripts on two connections counted, and how far they should have; null when they do not run.</summary>
    public (long Counted, long Expected)? Scripts { get; init; }

    /// <summary>Whether what was published was heard.</summary>
    public bool DoorbellHeard { get; init; }

    /// <summary>Whether the connection is encrypted.</summary>
    public bool IsEncrypted { get; init; }

    /// <summary>Whether it is on this machine.</summary>
    public bool IsLoopback { get; init; }

    /// <summary>Whether it let us in with a password.</summary>
    public bool HasPassword { get; init; }

    /// <summary>Whether it was found by sentinels, which replace it when it fails.</summary>
    public bool HasSentinels { get; init; }

    /// <summary>What each of the sentinels that were named says of a failover: its answer to CKQUORUM, nothing where it does not answer. Empty without sentinels.</summary>
    public IReadOnlyList<string> Sentinels { get; init; } = [];

    /// <summary>How a cluster says it is; null when the server is of none, or does not tell.</summary>
    public IReadOnlyDictionary<string, string>? Cluster { get; init; }

    /// <summary>Whether it is of a cluster that serves nothing now.</summary>
    public bool IsClusterDown => Cluster is not null && Cluster.GetValueOrDefault("cluster_state") != "ok";

    /// <summary>Whether it is Garnet, which has its own settings.</summary>
    public bool IsGarnet => Name.StartsWith("garnet", StringComparison.Ordinal);

    /// <summary>Whether it follows another, and takes no writes itself.</summary>
    public bool IsReplica => Said("role") is "slave" or "replica";

    /// <summary>What it says of itself, or nothing.</summary>
    public string Said(string name) => Info.GetValueOrDefault(name, "");

    /// <summary>A setting; null when it does not tell.</summary>
    public string? Setting(string name) => Settings?.GetValueOrDefault(name);
}
