using Eformer.Pool.Store;

namespace Eformer.Pool;

/// <summary>What a worker of this machine is to be. What is left open it finds out by itself, as <c>eformer-host agent</c> does.</summary>
public sealed record WorkerOptions
{
    /// <summary>The store and the fleet.</summary>
    public required StoreOptions Store { get; init; }

    /// <summary>File with the fleet's keys; null for the usual place.</summary>
    public string? KeyFile { get; init; }

    /// <summary>Folder for fence, lock and log; null for the usual place, which is one for each fleet.</summary>
    public string? StateFolder { get; init; }

    /// <summary>Flags of <c>eformer-host agent</c> that say what this host is: names without dashes, and values.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Flags { get; init; } = [];

    /// <summary>Folder of the worker program; null for where it lies beside this assembly.</summary>
    public string? WorkerFolder { get; init; }

    /// <summary>How long it may take until its hosts are registered.</summary>
    public TimeSpan StartLimit { get; init; } = TimeSpan.FromSeconds(60);
}
