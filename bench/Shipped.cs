using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace Eformer.Pool.Bench;

/// <summary>The built module and worker, which this program measures instead of copies of its own.</summary>
internal static class Shipped
{
    /// <summary>The repository's folder.</summary>
    public static string Root { get; } = Metadata("RepositoryRoot");

    /// <summary>The module's manifest.</summary>
    public static string Manifest { get; } = Path.Combine(Root, "Eformer.Pool.psd1");

    /// <summary>The worker's folder.</summary>
    public static string HostFolder { get; } = Path.Combine(Root, "out", "host");

    /// <summary>The worker's program.</summary>
    public static string HostProgram { get; } = Path.Combine(HostFolder, OperatingSystem.IsWindows() ? "eformer-host.exe" : "eformer-host");

    /// <summary>The C# compiler of the SDK that built this.</summary>
    public static string Compiler { get; } = Path.Combine(Metadata("CompilerFolder"), "bincore", "csc.dll");

    // The module's folder first: a session that imports the module must get the same runtime. What the worker publishes is of one
    // piece with a runtime of its own, and ends a process that has another: of the worker only the harness's floors use this copy.
    private static readonly string[] s_folders = [Path.Combine(Root, "out", "module"), Metadata("WorkerBuild")];

    /// <summary>Makes them loadable; call it before anything mentions a type of theirs.</summary>
    public static void Install()
    {
        AssemblyLoadContext.Default.Resolving += static (context, name) => Array
            .ConvertAll(s_folders, folder => Path.Combine(folder, name.Name + ".dll"))
            .Where(File.Exists).Select(context.LoadFromAssemblyPath).FirstOrDefault();
        InstallEngine();
    }

    private static string Metadata(string key) =>
        typeof(Shipped).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(item => item.Key == key).Value!;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void InstallEngine() => HostWorker.Engines.EngineLoader.Install(Path.Combine(HostFolder, "engine"));
}
