using Eformer.Pool.Store;

namespace Eformer.Pool;

/// <summary>What a pool is to be.</summary>
public sealed record SlicePoolOptions
{
    /// <summary>Name of the pool; null for one made up.</summary>
    public string? Name { get; init; }

    /// <summary>Hosts in each slice, at least 1.</summary>
    public int HostsPerSlice { get; init; } = 2;

    /// <summary>Life of a lease without a renewal, 10 s to 1 h.</summary>
    public TimeSpan LeaseTtl { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The store to use; null for a local pool with a store of its own.</summary>
    public StoreOptions? Store { get; init; }

    /// <summary>File with the fleet's keys; null for the usual place. Not used by local pools.</summary>
    public string? KeyFile { get; init; }

    /// <summary>Folder of the worker program; null to find it beside this assembly. Local pools only.</summary>
    public string? WorkerFolder { get; init; }

    /// <summary>Folder of the pwsh whose engine local hosts borrow; null to let the worker look. Local pools only.</summary>
    public string? PowerShellHome { get; init; }

    /// <summary>Slices that a local pool is made for, at least 1.</summary>
    public int LocalSliceCount { get; init; } = 1;
}
