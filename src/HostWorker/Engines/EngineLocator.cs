namespace Eformer.Pool.HostWorker.Engines;

/// <summary>Finds the PowerShell engine to use. Loads nothing.</summary>
internal static class EngineLocator
{
    private static readonly string s_pwshFile = OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh";

    /// <summary>The folder of the engine that is shipped with the worker.</summary>
    public static string EmbeddedFolder => Path.Combine(AppContext.BaseDirectory, "engine");

    /// <summary>Finds an engine.</summary>
    /// <param name="choice">What was asked for.</param>
    /// <param name="pwshFolder">The folder of the pwsh to use instead of one on the path, or null.</param>
    /// <param name="searchPath">Folders to look for pwsh in, as in the variable PATH; null for that variable.</param>
    /// <exception cref="SlicePoolException"><c>EngineNotFound</c>: what was asked for is not here or does not fit.</exception>
    public static EngineInfo Locate(EngineChoice choice, string? pwshFolder = null, string? searchPath = null)
    {
        string reason = "";
        EngineInfo? pwsh = choice == EngineChoice.Embedded ? null : FindPwsh(pwshFolder, searchPath, out reason);
        if (pwsh is not null)
        {
            return pwsh;
        }

        // A folder that was named and doesn't fit is a mistake to tell, not one to work around.
        if (choice == EngineChoice.Pwsh || (choice == EngineChoice.Auto && pwshFolder is not null))
        {
            throw Missing("PowerShell (pwsh)", reason, "Install PowerShell 7.6 or later, name its folder, or let the worker use its embedded engine.");
        }

        return EngineProbe.TryRead(EngineKind.Embedded, EmbeddedFolder, out string embeddedReason)
            ?? throw Missing("The embedded PowerShell engine", embeddedReason, "Build or install the worker again, or install PowerShell 7.6 or later.");
    }

    private static EngineInfo? FindPwsh(string? folder, string? searchPath, out string reason)
    {
        if (folder is not null)
        {
            return EngineProbe.TryRead(EngineKind.Pwsh, Path.GetFullPath(folder), out reason);
        }

        reason = "there is no pwsh on the path";
        string path = searchPath ?? Environment.GetEnvironmentVariable("PATH") ?? "";
        foreach (string entry in path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            FileInfo file = new(Path.Combine(entry, s_pwshFile));
            if (file.Exists && EngineProbe.TryRead(EngineKind.Pwsh, FolderOf(file), out reason) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    // Packages put a link on the path; the engine lies beside its target.
    private static string FolderOf(FileInfo file) =>
        Path.GetDirectoryName((file.ResolveLinkTarget(returnFinalTarget: true) ?? file).FullName)!;

    private static SlicePoolException Missing(string what, string reason, string advice) =>
        new("EngineNotFound", PoolErrorCategory.ObjectNotFound, $"{what} cannot be used: {reason}.", advice, what);
}
