using Eformer.Pool.Module.Tests.Engines;

namespace Eformer.Pool.Module.Tests.Packages;

/// <summary>Projects of a user against our packages, in a folder that knows nothing of the repository.</summary>
public sealed class PackedProjects : IDisposable
{
    private const string Version = "0.1.0-test";

    // Packages of one version are taken from the cache, whatever is in them: so this has one of its own.
    private readonly Dictionary<string, string> _environment;

    public PackedProjects()
    {
        _environment = new() { ["NUGET_PACKAGES"] = Packages, ["MSBUILDTERMINALLOGGER"] = "off" };
        try
        {
            Output = Build();
        }
        catch
        {
            // Nobody disposes of what was not made.
            Dispose();
            throw;
        }
    }

    /// <summary>The folder with a folder for each project.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("module-packages-").FullName;

    /// <summary>The folder that packages are unpacked to.</summary>
    public string Packages => Path.Combine(Folder, "packages");

    /// <summary>What the build printed.</summary>
    public string Output { get; }

    /// <summary>Where a project is built to.</summary>
    public string Built(string project) => Path.Combine(Folder, project, "bin", "Debug", "net10.0");

    /// <summary>Builds a project once more.</summary>
    /// <param name="project">Its name.</param>
    /// <param name="options">More arguments for MSBuild.</param>
    public void BuildAgain(string project, params string[] options) => Run([Path.Combine(project, $"{project}.csproj"), .. options]);

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private string Build()
    {
        foreach (string name in (string[])["Acme.Things", "Acme.Own", "Acme.Once", "Acme.Program"])
        {
            CopyProject(name);
        }

        File.WriteAllText(Path.Combine(Folder, "nuget.config"), $"""
            <configuration>
              <packageSources><add key="packed" value="feed" /></packageSources>
              <fallbackPackageFolders><add key="machine" value="{Places.NuGetPackages}" /></fallbackPackageFolders>
            </configuration>
            """);
        DotnetCommand.Run(Places.Root, _environment,
            "msbuild", Path.Combine(Places.Root, "build", "Verbs.proj"), "-t:pack", $"-p:Version={Version}", $"-p:NuGetFolder={Folder}/feed/", "-nologo", "-nodeReuse:false");
        return Run("All.proj");
    }

    private string Run(params string[] arguments) => DotnetCommand.Run(
        Folder, _environment, ["msbuild", .. arguments, $"-p:PoolVersion={Version}", "-p:UseSharedCompilation=false", "-nologo", "-nodeReuse:false", "-v:minimal"]);

    private void CopyProject(string name)
    {
        string source = Path.Combine(Places.Root, "tests", "Module.Tests", "Packages", "Projects");
        Directory.CreateDirectory(Path.Combine(Folder, name));
        File.Copy(Path.Combine(source, "All.proj"), Path.Combine(Folder, "All.proj"), overwrite: true);
        foreach (string file in Directory.GetFiles(Path.Combine(source, name)))
        {
            // Named so that the repository does not take them for its own.
            File.Copy(file, Path.Combine(Folder, name, Path.GetFileName(file).Replace(".txt", "", StringComparison.Ordinal)));
        }
    }
}
