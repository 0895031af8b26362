namespace Eformer.Pool.Build;

/// <summary>The entries that a module manifest can have. Pure.</summary>
internal static class ManifestEntries
{
    // PowerShell imports no module whose manifest has another.
    private static readonly HashSet<string> s_names = new(StringComparer.OrdinalIgnoreCase)
    {
        "AliasesToExport", "Author", "CLRVersion", "CmdletsToExport", "CompanyName", "CompatiblePSEditions", "Copyright", "DefaultCommandPrefix", "Description",
        "DotNetFrameworkVersion", "DscResourcesToExport", "FileList", "FormatsToProcess", "FunctionsToExport", "GUID", "HelpInfoURI", "ModuleList", "ModuleToProcess",
        "ModuleVersion", "NestedModules", "PowerShellHostName", "PowerShellHostVersion", "PowerShellVersion", "PrivateData", "ProcessorArchitecture",
        "RequiredAssemblies", "RequiredModules", "RootModule", "ScriptsToProcess", "TypesToProcess", "VariablesToExport",
    };

    /// <summary>The name, which must be that of one.</summary>
    /// <exception cref="FormatException">It is not.</exception>
    public static string Check(string name) => s_names.Contains(name)
        ? name
        : throw new FormatException(
            $"The ModuleManifestEntry '{name}' is no entry of a module manifest: PowerShell would not import the module. "
            + "Words to find it by go into PackageTags, all else that galleries read into the entry PrivateData.");

    /// <summary>The value, which must be there.</summary>
    /// <exception cref="FormatException">It is not.</exception>
    public static string Value(string name, string value) => value.Trim().Length > 0
        ? value
        : throw new FormatException(
            $"The ModuleManifestEntry '{name}' has no Value: PowerShell could not read the manifest. Write the value as PowerShell does, such as Value=\"'a text'\".");
}
