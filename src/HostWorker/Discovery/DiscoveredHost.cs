namespace Eformer.Pool.HostWorker.Discovery;

/// <summary>What this host is.</summary>
internal sealed record DiscoveredHost
{
    /// <summary>Name of the physical slice, or empty.</summary>
    public required string Slice { get; init; }

    /// <summary>Index in the slice, from 0; -1 when none is known.</summary>
    public required int WorkerIndex { get; init; }

    /// <summary>Type of accelerator in its canonical form, or empty.</summary>
    public required string DeviceType { get; init; }

    /// <summary>Number of accelerators.</summary>
    public required int Devices { get; init; }

    /// <summary>Address other hosts reach it at.</summary>
    public required string Address { get; init; }

    /// <summary>Name of the machine.</summary>
    public required string Node { get; init; }

    /// <summary>Labels for selectors: those given, and <c>zone</c> and <c>machine-type</c> where the metadata tells them.</summary>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>What could not be found out, for the log; null when nothing was amiss.</summary>
    public string? Warning { get; init; }
}
