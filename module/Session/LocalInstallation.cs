using System.Management.Automation;

namespace Eformer.Pool.Module.Session;

/// <summary>What a local pool needs of this machine.</summary>
internal static class LocalInstallation
{
    /// <summary>Folder of the worker program, which lies beside the module's.</summary>
    public static string WorkerFolder { get; } =
        Path.GetFullPath(Path.Combine(Folder(typeof(LocalInstallation)), "..", "host"));

    /// <summary>Folder of the running pwsh; null when the engine runs in some other program and has no modules with it.</summary>
    public static string? PowerShellHome { get; } = FindPowerShell(Folder(typeof(PSObject)));

    private static string Folder(Type type) => Path.GetDirectoryName(type.Assembly.Location)!;

    private static string? FindPowerShell(string engine) =>
        File.Exists(Path.Combine(engine, "pwsh.dll")) && Directory.Exists(Path.Combine(engine, "Modules")) ? engine : null;
}
