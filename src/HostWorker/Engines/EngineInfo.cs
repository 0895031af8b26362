namespace Eformer.Pool.HostWorker.Engines;

/// <summary>One engine that can be used here.</summary>
/// <param name="Kind">Where it comes from.</param>
/// <param name="Folder">The folder that holds System.Management.Automation.dll.</param>
/// <param name="Version">Its version, from the file.</param>
internal sealed record EngineInfo(EngineKind Kind, string Folder, Version Version)
{
    /// <summary>What hosts publish and people read, such as <c>pwsh 7.6.5</c> or <c>embedded 7.6.9</c>.</summary>
    public string Description => $"{(Kind == EngineKind.Pwsh ? "pwsh" : "embedded")} {Version.ToString(3)}";
}
