namespace Eformer.Pool.HostWorker.Runners;

/// <summary>A runtime environment that is there on this machine, for a runner to use.</summary>
/// <param name="Hash">Its identity: the same is set up once in a session.</param>
/// <param name="Functions">Functions to define: name to body.</param>
/// <param name="Modules">Absolute paths to import, in this order.</param>
/// <param name="FilesFolder">Folder of the shipped files, this attempt's to use; null when there are none.</param>
/// <param name="InitializationScript">Script to run once in a session after the rest; null for none.</param>
internal sealed record RunnerSetup(
    string Hash,
    IReadOnlyDictionary<string, string> Functions,
    IReadOnlyList<string> Modules,
    string? FilesFolder,
    string? InitializationScript)
{
    /// <summary>Folder of the shipped modules and assemblies. The agent's to use: runners get the paths of what they need.</summary>
    public string ModulesFolder { get; init; } = "";
}
