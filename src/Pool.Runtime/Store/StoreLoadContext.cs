using System.Reflection;
using System.Runtime.Loader;

namespace Eformer.Pool.Store;

/// <summary>Answers from one folder, and leaves everything else (framework, this assembly) to the default context.</summary>
internal sealed class StoreLoadContext(string folder) : AssemblyLoadContext("Eformer.Pool.Store")
{
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        string file = Path.Combine(folder, assemblyName.Name + ".dll");
        return File.Exists(file) ? LoadFromAssemblyPath(file) : null;
    }
}
