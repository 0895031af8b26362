namespace Eformer.Pool.HostWorker.Engines;

/// <summary>Where a PowerShell engine comes from.</summary>
internal enum EngineKind
{
    /// <summary>Borrowed from an installed pwsh, with all its modules.</summary>
    Pwsh,

    /// <summary>Shipped with the worker: the language and the core cmdlets.</summary>
    Embedded,
}
