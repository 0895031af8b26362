using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace Eformer.Pool.HostWorker.Engines;

/// <summary>Makes the types of an engine's folder loadable in this process.</summary>
/// <remarks>
/// The worker is compiled against PowerShellStandard and ships no engine in its own folder, so the first use of an
/// engine type asks here. Callers install first and touch such types only in a method that is not inlined into theirs.
/// </remarks>
internal static class EngineLoader
{
    private static string? s_folder;

    // A pwsh that was installed as a .NET tool has what differs between platforms in folders of their own, as its list says. Read when
    // something is not where it mostly is: that takes some milliseconds.
    private static readonly Lazy<AssemblyDependencyResolver?> s_elsewhere = new(
        () => File.Exists(Program) ? new AssemblyDependencyResolver(Program) : null);

    private static string Program => Path.Combine(s_folder!, "pwsh.dll");

    /// <summary>Installs the handlers. Once per process.</summary>
    /// <exception cref="InvalidOperationException">An engine was installed before.</exception>
    public static void Install(string folder)
    {
        if (Interlocked.CompareExchange(ref s_folder, folder, null) is not null)
        {
            throw new InvalidOperationException($"The engine in '{s_folder}' is in use already.");
        }

        // The engine would start to report its use to its makers: nobody asked for that, and it costs every start 20 ms.
        Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
        AssemblyLoadContext.Default.Resolving += ResolveAssembly;
        AssemblyLoadContext.Default.ResolvingUnmanagedDll += ResolveLibrary;
        if (File.Exists(Program))
        {
            // Add-Type looks for its reference assemblies beside the program that runs.
            Assembly.SetEntryAssembly(AssemblyLoadContext.Default.LoadFromAssemblyPath(Program));
        }
    }

    private static Assembly? ResolveAssembly(AssemblyLoadContext context, AssemblyName name)
    {
        string beside = Path.Combine(s_folder!, name.Name + ".dll");
        string? file = File.Exists(beside) ? beside : s_elsewhere.Value?.ResolveAssemblyToPath(name);
        return file is null ? null : context.LoadFromAssemblyPath(file);
    }

    private static nint ResolveLibrary(Assembly assembly, string name)
    {
        string? file = ((string[])[name, $"{name}.so", $"lib{name}.so", $"{name}.dll", $"lib{name}.dylib"])
            .Select(candidate => Path.Combine(s_folder!, candidate))
            .FirstOrDefault(File.Exists) ?? s_elsewhere.Value?.ResolveUnmanagedDllToPath(name);
        return file is not null && NativeLibrary.TryLoad(file, out nint handle) ? handle : 0;
    }
}
