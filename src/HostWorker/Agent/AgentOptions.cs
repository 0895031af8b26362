using Eformer.Pool.HostWorker.Functions;
using Eformer.Pool.Store;
using Microsoft.Extensions.Logging;

namespace Eformer.Pool.HostWorker.Agent;

/// <summary>What an agent was told on its command line.</summary>
internal sealed record AgentOptions
{
    /// <summary>The store; null when <see cref="StoreFile"/> tells.</summary>
    public StoreOptions? Store { get; init; }

    /// <summary>File that an embedded store writes when it is ready; waited for.</summary>
    public string? StoreFile { get; init; }

    public string Fleet { get; init; } = "default";

    public string? KeyFile { get; init; }

    /// <summary>Folder for the fence and the runners' sockets.</summary>
    public required string StateFolder { get; init; }

    public required HostPlan Hosts { get; init; }

    /// <summary>The metadata server that discovery found; null where there is none.</summary>
    public string? MetadataHost { get; init; }

    /// <summary>File whose presence announces a preemption, or null.</summary>
    public string? PreemptionFile { get; init; }

    /// <summary>Command whose exit code 0 announces a preemption, or null.</summary>
    public string? PreemptionCommand { get; init; }

    /// <summary><c>auto</c>, <c>pwsh</c> or <c>embedded</c>.</summary>
    public string Engine { get; init; } = "auto";

    /// <summary>Folder of the pwsh to borrow the engine from.</summary>
    public string? PowerShellHome { get; init; }

    /// <summary>The remote functions that need not be shipped.</summary>
    public InstalledFunctions Functions { get; init; } = InstalledFunctions.None;

    /// <summary>What is logged at least; null for what fits: less when a driver owns the agent.</summary>
    public LogLevel? LogLevel { get; init; }

    /// <summary>Whether to end when standard input does.</summary>
    public bool Owned { get; init; }

    /// <summary>Whether the state folder goes when the agent ends.</summary>
    public bool Ephemeral { get; init; }
}
