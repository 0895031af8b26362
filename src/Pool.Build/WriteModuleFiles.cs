using System.Xml;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using Task = Microsoft.Build.Utilities.Task;

namespace Eformer.Pool.Build;

/// <summary>Writes what makes a PowerShell module of a built assembly: its manifest and its help. One without cmdlets gets neither.</summary>
public sealed class WriteModuleFiles : Task
{
    /// <summary>The assembly.</summary>
    [Required]
    public string Assembly { get; set; } = "";

    /// <summary>The folder for the files: where the assembly lies for users.</summary>
    [Required]
    public string Folder { get; set; } = "";

    /// <summary>The module's version, as packages write it.</summary>
    [Required]
    public string PackageVersion { get; set; } = "";

    /// <summary>Author of the module.</summary>
    public string Authors { get; set; } = "";

    /// <summary>Company of the author.</summary>
    public string Company { get; set; } = "";

    /// <summary>Copyright notice.</summary>
    public string Copyright { get; set; } = "";

    /// <summary>What the module is for.</summary>
    public string Description { get; set; } = "";

    /// <summary>Page of the project.</summary>
    public string ProjectUrl { get; set; } = "";

    /// <summary>Words to find it by, with semicolons or spaces between them.</summary>
    public string Tags { get; set; } = "";

    /// <summary>More entries, or others: their names, each with its <c>Value</c> as PowerShell writes it.</summary>
    public ITaskItem[] Entries { get; set; } = [];

    /// <summary>Whether to write the manifest.</summary>
    public bool WriteManifest { get; set; } = true;

    /// <summary>Whether to write the help.</summary>
    public bool WriteHelp { get; set; } = true;

    /// <summary>The files, written now or before; each has its place in <c>RelativePath</c>.</summary>
    [Output]
    public ITaskItem[] Files { get; set; } = [];

    private string Name => Path.GetFileNameWithoutExtension(Assembly);

    /// <inheritdoc/>
    public override bool Execute()
    {
        try
        {
            BuiltAssembly built = BuiltAssembly.Read(Assembly);
            List<string> files = [];
            if (built.Cmdlets.Count > 0 && WriteManifest)
            {
                Write(files, $"{Name}.psd1", Manifest(built).ToString(), overwritesOthers: false);
            }

            if (built.Help.Count > 0 && WriteHelp)
            {
                Write(files, Path.Combine("en-US", $"{Name}.dll-Help.xml"), HelpFile.Of(built.Help), overwritesOthers: true);
            }

            Files = [.. files.Select(file => new TaskItem(Path.Combine(Folder, file), new Dictionary<string, string> { ["RelativePath"] = file }))];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or BadImageFormatException or FormatException or XmlException)
        {
            Log.LogErrorFromException(failure);
        }

        return !Log.HasLoggedErrors;
    }

    private void Write(List<string> files, string file, string text, bool overwritesOthers)
    {
        string path = Path.Combine(Folder, file);
        if (!overwritesOthers && File.Exists(path) && !File.ReadAllText(path).StartsWith(ManifestText.Mark, StringComparison.Ordinal))
        {
            Log.LogMessage(MessageImportance.Normal, "{0} is left as it is: no build wrote it.", path);
            return;
        }

        BuildFile.Write(path, text);
        files.Add(file);
    }

    private ManifestText Manifest(BuiltAssembly built)
    {
        ModuleVersion version = ModuleVersion.Parse(PackageVersion);
        ManifestText manifest = new();
        manifest.Set("RootModule", ManifestText.Quote($"{Name}.dll"));
        manifest.Set("ModuleVersion", ManifestText.Quote(version.Numbers));
        manifest.Set("GUID", ManifestText.Quote(ModuleGuid.Of(Name).ToString()));
        SetText(manifest, "Author", Authors);
        SetText(manifest, "CompanyName", Company);
        SetText(manifest, "Copyright", Copyright);
        SetText(manifest, "Description", Description);
        manifest.Set("PowerShellVersion", "'7.6'");
        manifest.Set("CompatiblePSEditions", "@('Core')");
        if (built.PoolVersion is Version needed)
        {
            manifest.Set("RequiredModules", Required(needed));
        }

        manifest.Set("CmdletsToExport", ManifestText.Quote(built.Cmdlets));
        manifest.Set("AliasesToExport", ManifestText.Quote(built.Aliases));
        manifest.Set("FunctionsToExport", "@()");
        manifest.Set("VariablesToExport", "@()");
        SetGallery(manifest, version);
        foreach (ITaskItem entry in Entries)
        {
            manifest.Set(ManifestEntries.Check(entry.ItemSpec), ManifestEntries.Value(entry.ItemSpec, entry.GetMetadata("Value")));
        }

        return manifest;
    }

    private void SetGallery(ManifestText manifest, ModuleVersion version)
    {
        string[] tags = [.. Tags.Split([';', ' ', ','], StringSplitOptions.RemoveEmptyEntries)];
        manifest.SetForGalleries("Prerelease", version.Label.Length == 0 ? "" : ManifestText.Quote(version.Label));
        manifest.SetForGalleries("Tags", tags.Length == 0 ? "" : ManifestText.Quote(tags));
        manifest.SetForGalleries("ProjectUri", ProjectUrl.Length == 0 ? "" : ManifestText.Quote(ProjectUrl));
    }

    private static void SetText(ManifestText manifest, string name, string text)
    {
        if (text.Length > 0)
        {
            manifest.Set(name, ManifestText.Quote(text));
        }
    }

    private static string Required(Version version) =>
        $"@(@{{ ModuleName = 'Eformer.Pool'; ModuleVersion = '{version.ToString(3)}'; GUID = 'ad8fc068-99d9-47ac-93ac-8a700f7ebb39' }})";
}
