using System.Management.Automation;
using Eformer.Pool.Module.Binding;
using Eformer.Pool.Topology;

namespace Eformer.Pool.Module.Shipping;

/// <summary>Finds modules by name or path, for shipping.</summary>
internal sealed class ModuleSource(PathIntrinsics paths, CommandInvocationIntrinsics commands)
{
    private static readonly string[] s_extensions = [".psd1", ".psm1", ".dll"];

    /// <summary>The folder of a module: one that is loaded, else one that is available, else one at a path.</summary>
    /// <exception cref="SlicePoolException">
    /// <c>ModuleNotFound</c>, <c>ModuleNotShippable</c>, <c>FileNotFound</c>, <c>PathNotInFileSystem</c>.
    /// </exception>
    public ModuleFolder Find(string name) => LooksLikePath(name)
        ? AtPath(FileSystemPath.Existing(paths, name)[0])
        : Named(name, listAvailable: false) ?? Named(name, listAvailable: true) ?? throw NotFound(name);

    private static bool LooksLikePath(string name) =>
        name.AsSpan().ContainsAny('/', '\\') || name is "." or ".." || s_extensions.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase);

    private ModuleFolder? Named(string name, bool listAvailable)
    {
        const string Script = @"param($Name, $ListAvailable) Microsoft.PowerShell.Core\Get-Module -Name $Name -ListAvailable:$ListAvailable -ErrorAction Ignore";
        // In a scope of its own, and of no module: what the caller's session has loaded.
        PSModuleInfo? found = commands.InvokeScript(Script, true, System.Management.Automation.Runspaces.PipelineResultTypes.None, null, WildcardPattern.Escape(name), listAvailable)
            .Select(item => item.BaseObject).OfType<PSModuleInfo>().FirstOrDefault();
        return found is null ? null : Of(found);
    }

    private static ModuleFolder Of(PSModuleInfo module)
    {
        if (string.IsNullOrEmpty(module.ModuleBase) || !File.Exists(module.Path))
        {
            throw NotShippable(module.Name, "was made in this session and has no file", "Write it to a file, or ship its functions with -Function.");
        }

        string home = Path.GetDirectoryName(typeof(PSObject).Assembly.Location)!;
        if (IsWithin(home, module.ModuleBase))
        {
            throw NotShippable(module.Name, "is a part of PowerShell itself", "Import it in the script: hosts with pwsh have it.");
        }

        // A module that has a manifest gives the path of what its manifest names.
        string manifest = Path.Combine(module.ModuleBase, module.Name + ".psd1");
        string import = File.Exists(manifest) ? manifest : module.Path;
        string folder = IsWithin(module.ModuleBase, import) ? module.ModuleBase : Path.GetDirectoryName(import)!;
        return new ModuleFolder(module.Name, folder, Path.GetRelativePath(folder, import).Replace('\\', '/'));
    }

    private static ModuleFolder AtPath(string path)
    {
        string name = Path.GetFileNameWithoutExtension(path);
        if (File.Exists(path))
        {
            return s_extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase)
                ? new ModuleFolder(name, Path.GetDirectoryName(path)!, Path.GetFileName(path))
                : throw NotShippable(path, "is no module", "Give a .psd1, .psm1 or .dll file, or the module's folder.");
        }

        string folder = Path.TrimEndingDirectorySeparator(path);
        string? import = Candidates(folder).FirstOrDefault(File.Exists);
        return import is not null
            ? new ModuleFolder(Path.GetFileNameWithoutExtension(import), folder, Path.GetFileName(import))
            : throw NotShippable(path, "is no module's folder", $"It must hold a .psd1, .psm1 or .dll file with the folder's name.");
    }

    // A folder that is named after a version holds the module that the folder above is named after.
    private static IEnumerable<string> Candidates(string folder)
    {
        string name = Path.GetFileName(folder);
        string? above = Version.TryParse(name, out _) ? Path.GetFileName(Path.GetDirectoryName(folder)) : null;
        return from stem in new[] { name, above } where !string.IsNullOrEmpty(stem) from extension in s_extensions select Path.Combine(folder, stem + extension);
    }

    private static bool IsWithin(string folder, string path) =>
        Path.GetRelativePath(folder, path) is string relative && relative != ".." && !relative.StartsWith("../", StringComparison.Ordinal)
        && !relative.StartsWith(@"..\", StringComparison.Ordinal) && !Path.IsPathRooted(relative);

    private static SlicePoolException NotFound(string name) => new(
        "ModuleNotFound",
        PoolErrorCategory.ObjectNotFound,
        $"There is no module '{PoolName.Printable(name)}', neither loaded nor available.",
        "Get-Module -ListAvailable lists those there are; a path needs a separator in it, such as ./name.",
        name);

    private static SlicePoolException NotShippable(string name, string why, string advice) => new(
        "ModuleNotShippable", PoolErrorCategory.InvalidArgument, $"The module '{name}' cannot be shipped: it {why}.", advice, name);
}
