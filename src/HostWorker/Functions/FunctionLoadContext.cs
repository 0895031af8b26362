using System.Reflection;
using System.Runtime.Loader;

namespace Eformer.Pool.HostWorker.Functions;

/// <summary>
/// Loads an assembly of remote functions and what lies beside it, apart from the worker's own and from other builds of the same. What its
/// statics hold goes with it.
/// </summary>
internal sealed class FunctionLoadContext(string folder) : AssemblyLoadContext("functions in " + folder, isCollectible: true)
{
    // Driver, host and functions speak to each other through these types: there must be one of each.
    private static readonly HashSet<string> s_shared = new(StringComparer.OrdinalIgnoreCase)
    {
        "Eformer.Pool.Runtime", "Eformer.Pool.Module", "System.Management.Automation",
    };

    private static readonly string s_framework = System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory();

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        string name = assemblyName.Name ?? "";
        if (s_shared.Contains(name))
        {
            return Default.LoadFromAssemblyName(assemblyName);
        }

        // A copy of the framework's serializer, say, would have types that are not the runtime's.
        string file = name + ".dll";
        string own = Path.Combine(folder, file);
        return !File.Exists(Path.Combine(s_framework, file)) && File.Exists(own) ? LoadFromAssemblyPath(own) : null;
    }
}
