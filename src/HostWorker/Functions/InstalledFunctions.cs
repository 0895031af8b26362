namespace Eformer.Pool.HostWorker.Functions;

/// <summary>The assemblies of remote functions that an agent was started with. Loaded here only to know what they have. Thread-safe.</summary>
internal sealed class InstalledFunctions : IDisposable
{
    private readonly (string Path, FunctionAssembly Assembly)[] _assemblies;

    private InstalledFunctions((string Path, FunctionAssembly Assembly)[] assemblies) => _assemblies = assemblies;

    /// <summary>None.</summary>
    public static InstalledFunctions None { get; } = new([]);

    /// <summary>Looks at assemblies.</summary>
    /// <param name="paths">Their paths.</param>
    /// <exception cref="SlicePoolException"><c>AssemblyNotLoadable</c>: one is not there, is no assembly, or has no functions.</exception>
    public static InstalledFunctions Load(IReadOnlyList<string> paths) =>
        new([.. paths.Select(Path.GetFullPath).Distinct(StringComparer.Ordinal).Select(path => (path, FunctionAssembly.Load(path)))]);

    /// <summary>Path of the first assembly that has a function; null when none has.</summary>
    public string? Find(string function) => Array.Find(_assemblies, installed => installed.Assembly.Has(function)).Path;

    /// <inheritdoc/>
    public void Dispose() => Array.ForEach(_assemblies, installed => installed.Assembly.Dispose());
}
