using Eformer.Pool.HostWorker.Functions;

namespace Eformer.Pool.HostWorker.Runners.Inside;

/// <summary>The assemblies of remote functions that a runner has loaded: their statics stay, as the variables of a session do. Not thread-safe.</summary>
internal sealed class RunnerFunctions
{
    private readonly Dictionary<string, FunctionAssembly> _kept = new(StringComparer.Ordinal);

    /// <summary>An assembly as earlier calls left it.</summary>
    /// <param name="path">Its path; that of another build is another one.</param>
    public FunctionAssembly Keep(string path)
    {
        if (!_kept.TryGetValue(path, out FunctionAssembly? assembly))
        {
            _kept.Add(path, assembly = FunctionAssembly.Load(path));
        }

        return assembly;
    }
}
