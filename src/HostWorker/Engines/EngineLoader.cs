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
        string program = Path.Combine(folder, "pwsh.dll");
        if (File.Exists(program))
        {
            // Add-Type looks for its reference assemblies beside the program that runs.
            Assembly.SetEntryAssembly(AssemblyLoadContext.Default.LoadFromAssemblyPath(program));
        }
    }

    private static Assembly? ResolveAssembly(AssemblyLoadContext context, AssemblyName name)
    {
        string file = Path.Combine(s_folder!, name.Name + ".dll");
        return File.Exists(file) ? context.LoadFromAssemblyPath(file) : null;
    }

    private static nint ResolveLibrary(Assembly assembly, string name)
    {
        foreach (string candidate in (string[])[name, $"{name}.so", $"lib{name}.so", $"{name}.dll", $"lib{name}.dylib"])
        {
            string file = Path.Combine(s_folder!, candidate);
            if (File.Exists(file) && NativeLibrary.TryLoad(file, out nint handle))
            {
                return handle;
            }
        }

        return 0;
    }
}
