namespace Eformer.Pool.Testing;

/// <summary>What the conformance suite runs on.</summary>
public enum ServerKind
{
    /// <summary>redis-server, where it is installed.</summary>
    Redis,

    /// <summary>The embedded server, as a process of its own.</summary>
    Garnet,

    /// <summary>Three redis-servers that share the keys, without replicas.</summary>
    Cluster,
}
