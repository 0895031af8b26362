namespace Eformer.Pool.HostWorker.Functions;

/// <summary>
/// The assemblies of remote functions that an agent was started with. Here, where the keys are, nothing of them is loaded or run: what they
/// have is read from their metadata. Immutable.
/// </summary>
internal sealed class InstalledFunctions
{
    private readonly (string Path, IReadOnlySet<string> Functions)[] _assemblies;

    private InstalledFunctions((string Path, IReadOnlySet<string> Functions)[] assemblies) => _assemblies = assemblies;

    /// <summary>None.</summary>
    public static InstalledFunctions None { get; } = new([]);

    /// <summary>Looks at assemblies.</summary>
    /// <param name="paths">Their paths.</param>
    /// <exception cref="SlicePoolException"><c>AssemblyNotLoadable</c>: one is not there, is no assembly, or has no functions.</exception>
    public static InstalledFunctions Load(IReadOnlyList<string> paths) =>
        new([.. paths.Select(Path.GetFullPath).Distinct(StringComparer.Ordinal).Select(path => (path, FunctionsOf(path)))]);

    /// <summary>Path of the first assembly that has a function; null when none has.</summary>
    public string? Find(string function) => Array.Find(_assemblies, installed => installed.Functions.Contains(function)).Path;

    private static IReadOnlySet<string> FunctionsOf(string path)
    {
        try
        {
            return FunctionNames.Of(path) is { Count: > 0 } names ? names : throw CallErrors.NotLoadable(path, "it has no remote functions");
        }
        catch (Exception exception) when (exception is not SlicePoolException)
        {
            // A file may be broken in more ways than those who read it tell apart.
            throw CallErrors.NotLoadable(path, exception.Message, exception);
        }
    }
}
