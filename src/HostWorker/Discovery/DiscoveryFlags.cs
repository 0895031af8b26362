namespace Eformer.Pool.HostWorker.Discovery;

/// <summary>What the command line says of this host. Null is "not said": it is discovered.</summary>
internal sealed record DiscoveryFlags
{
    /// <summary>Name of the physical slice; empty for "it belongs to none", whatever else says so.</summary>
    public string? Slice { get; init; }

    /// <summary>Index in the slice, from 0.</summary>
    public int? WorkerIndex { get; init; }

    public string? TpuType { get; init; }

    /// <summary>Number of accelerators, 0 or more.</summary>
    public int? Devices { get; init; }

    public string? Address { get; init; }

    public string? Node { get; init; }

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();
}
