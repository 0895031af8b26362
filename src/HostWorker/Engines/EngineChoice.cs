namespace Eformer.Pool.HostWorker.Engines;

/// <summary>Which PowerShell engine a worker shall use.</summary>
internal enum EngineChoice
{
    /// <summary>That of the installed pwsh where there is a fitting one, else the embedded one.</summary>
    Auto,

    /// <summary>That of the installed pwsh, or an error.</summary>
    Pwsh,

    /// <summary>The one shipped with the worker.</summary>
    Embedded,
}
