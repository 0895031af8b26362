using Eformer.Pool.Payloads;

namespace Eformer.Pool.RuntimeEnvironments;

/// <summary>Turns a runtime environment into what hosts are told of it, and what is sent.</summary>
/// <remarks>
/// A file <c>a/tool.sh</c> becomes <c>files/tool.sh</c>, a folder <c>a/data</c> <c>files/data/…</c>, a module
/// or an assembly <c>modules/name/…</c>. Folders without files are not shipped.
/// </remarks>
internal sealed class EnvironmentPacker(FileHashes hashes, EnvironmentLimits limits)
{
    private const string File = "-File";
    private const string Module = "-Module";
    private const string Assembly = "assembly";
    private const int FilesAtOnce = 4;

    /// <summary>The packer of this process.</summary>
    public static EnvironmentPacker Shared { get; } = new(FileHashes.Shared, EnvironmentLimits.Default);

    /// <summary>Finds and hashes everything.</summary>
    /// <exception cref="SlicePoolException">
    /// <c>FileNotFound</c>, <c>FileUnreadable</c>, <c>FileNameClash</c>, <c>FileChanged</c>, <c>PayloadTooLarge</c>.
    /// </exception>
    public async Task<PackedEnvironment> PackAsync(RuntimeEnvironment environment, CancellationToken cancellationToken)
    {
        SourceFile[] sources = [.. Find(environment).OrderBy(file => file.Path, StringComparer.Ordinal)];
        ShippedFile[] files = new ShippedFile[sources.Length];
        ParallelOptions reading = new() { MaxDegreeOfParallelism = FilesAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, sources.Length, reading, async (i, token) =>
        {
            SourceFile source = sources[i];
            files[i] = new ShippedFile(source.Path, source.Stamp.Length, await hashes.OfAsync(source, token), source.Executable);
        });
        EnvironmentManifest manifest = new()
        {
            Hash = "",
            Functions = environment.Functions,
            Modules = [.. environment.Modules.Select(Imported).Distinct(StringComparer.Ordinal)],
            Files = files,
            InitializationScript = environment.InitializationScript,
        };
        return new PackedEnvironment(manifest with { Hash = EnvironmentHash.Of(manifest) }, sources);
    }

    private IReadOnlyList<SourceFile> Find(RuntimeEnvironment environment)
    {
        FolderWalk walk = new(limits);
        Dictionary<string, string> taken = new(StringComparer.Ordinal);
        foreach (string path in environment.Files)
        {
            string full = FullPath(path, File);
            string name = Path.GetFileName(full);
            AddOnce(walk, taken, full, name.Length > 0 ? ShippedPath.Files + name : throw EnvironmentErrors.Unreadable(path, File, "it is the whole file system"), File);
        }

        foreach (ModuleFolder module in environment.Modules)
        {
            AddOnce(walk, taken, FullPath(module.Folder, Module), ShippedPath.Modules + module.Name, Module);
        }

        foreach (AssemblyFiles assembly in environment.Assemblies)
        {
            foreach (string file in assembly.Files)
            {
                string target = $"{ShippedPath.Modules}{assembly.Name}/{Path.GetFileName(file)}";
                AddOnce(walk, taken, FullPath(file, Assembly), target, Assembly);
            }
        }

        CheckImports(environment, walk.Found);
        return walk.Found;
    }

    private static void AddOnce(FolderWalk walk, Dictionary<string, string> taken, string full, string target, string parameter)
    {
        if (taken.TryGetValue(target, out string? other))
        {
            if (other != full)
            {
                throw EnvironmentErrors.Clash(target[(target.IndexOf('/', StringComparison.Ordinal) + 1)..], other, full, parameter);
            }

            // The same thing named twice is no clash.
            return;
        }

        taken.Add(target, full);
        walk.Add(full, target, parameter);
    }

    private static void CheckImports(RuntimeEnvironment environment, IReadOnlyList<SourceFile> found)
    {
        HashSet<string> paths = [.. found.Select(file => file.Path)];
        if (environment.Modules.FirstOrDefault(module => !paths.Contains(Imported(module))) is { } lacking)
        {
            throw EnvironmentErrors.NotFound(Path.Combine(lacking.Folder, lacking.Import), Module, "is not in the module's folder");
        }
    }

    private static string Imported(ModuleFolder module) => $"{ShippedPath.Modules}{module.Name}/{module.Import}";

    private static string FullPath(string path, string parameter) =>
        !string.IsNullOrEmpty(path) && !path.Contains('\0', StringComparison.Ordinal) && Path.IsPathFullyQualified(path)
            ? Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))
            : throw EnvironmentErrors.NotFound(path, parameter, "is not an absolute path");
}
