using System.Management.Automation.Runspaces;
using Eformer.Pool.HostWorker.Engines;

namespace Eformer.Pool.HostWorker.Runners.Inside;

/// <summary>A runspace with its own host, and what was set up in it.</summary>
internal sealed class HostedRunspace : IDisposable
{
    private readonly HashSet<string> _initialized = [];

    private HostedRunspace(RunnerHost host, Runspace runspace) => (Host, Runspace) = (host, runspace);

    /// <summary>Its host.</summary>
    public RunnerHost Host { get; }

    /// <summary>The runspace.</summary>
    public Runspace Runspace { get; }

    /// <summary>Whether it can take a run; the last one may have broken it.</summary>
    public bool IsUsable => Runspace.RunspaceStateInfo.State == RunspaceState.Opened;

    /// <summary>The runtime environment whose functions and modules came last, by hash; null for none.</summary>
    public string? Setup { get; set; }

    /// <summary>Opens one.</summary>
    public static HostedRunspace Open(EngineKind engine)
    {
        RunnerHost host = new();
        return new HostedRunspace(host, EngineRunspace.Open(engine, host));
    }

    /// <summary>Whether the initialization script of a runtime environment has run to its end here.</summary>
    public bool IsInitialized(string hash) => _initialized.Contains(hash);

    /// <summary>Notes that it has.</summary>
    public void MarkInitialized(string hash) => _initialized.Add(hash);

    /// <inheritdoc/>
    public void Dispose() => Runspace.Dispose();
}
