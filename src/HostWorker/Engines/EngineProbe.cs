using System.Diagnostics;
using System.Text.Json;

namespace Eformer.Pool.HostWorker.Engines;

/// <summary>Reads what lies in a folder without loading any of it.</summary>
internal static class EngineProbe
{
    /// <summary>The oldest PowerShell whose engine is taken.</summary>
    public static readonly Version MinimumVersion = new(7, 6);

    /// <summary>The engine's assembly.</summary>
    public const string EngineFile = "System.Management.Automation.dll";

    /// <summary>The engine in a folder, or null with the reason why there is none to use.</summary>
    public static EngineInfo? TryRead(EngineKind kind, string folder, out string reason)
    {
        string engine = Path.Combine(folder, EngineFile);
        if (!File.Exists(engine) || (kind == EngineKind.Pwsh && !File.Exists(Path.Combine(folder, "pwsh.dll"))))
        {
            reason = $"there is no PowerShell in '{folder}'";
            return null;
        }

        FileVersionInfo file = FileVersionInfo.GetVersionInfo(engine);
        Version version = new(file.FileMajorPart, file.FileMinorPart, file.FileBuildPart);
        reason = WhyNot(version, folder);
        return reason.Length == 0 ? new EngineInfo(kind, folder, version) : null;
    }

    private static string WhyNot(Version version, string folder)
    {
        if (version < MinimumVersion)
        {
            return $"the PowerShell in '{folder}' is {version}; {MinimumVersion} or later is needed";
        }

        // An engine built for a later .NET cannot be loaded into this process.
        int? runtime = ReadRuntime(Path.Combine(folder, "pwsh.runtimeconfig.json"));
        return runtime > Environment.Version.Major
            ? $"the PowerShell {version} in '{folder}' is made for .NET {runtime}, and this worker runs on .NET {Environment.Version.Major}"
            : "";
    }

    private static int? ReadRuntime(string file)
    {
        if (!File.Exists(file))
        {
            return null;
        }

        using FileStream stream = File.OpenRead(file);
        using JsonDocument document = JsonDocument.Parse(stream);
        return document.RootElement.TryGetProperty("runtimeOptions", out JsonElement options)
            && options.TryGetProperty("tfm", out JsonElement tfm)
            && tfm.GetString() is ['n', 'e', 't', .. string number]
            && Version.TryParse(number, out Version? version) ? version.Major : null;
    }
}
