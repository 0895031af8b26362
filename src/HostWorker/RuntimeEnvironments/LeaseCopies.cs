using Eformer.Pool.HostWorker.Runners;

namespace Eformer.Pool.HostWorker.RuntimeEnvironments;

/// <summary>What one lease uses on one host.</summary>
internal sealed class LeaseCopies(string folder)
{
    /// <summary>Folder of its copies.</summary>
    public string Folder { get; } = folder;

    /// <summary>Held by whoever makes or removes copies.</summary>
    public SemaphoreSlim Gate { get; } = new(1);

    /// <summary>Environments in use, by hash, from before they are made. Guarded by the cache's lock.</summary>
    public HashSet<string> InUse { get; } = new(StringComparer.Ordinal);

    /// <summary>What is ready, by hash. Guarded by <see cref="Gate"/>.</summary>
    public Dictionary<string, RunnerSetup> Ready { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether the lease is over. Guarded by <see cref="Gate"/>.</summary>
    public bool HasEnded { get; set; }
}
