namespace Eformer.Pool;

/// <summary>What a script needs on a host and the host does not have: shipped by content hash, cached there.</summary>
public sealed record RuntimeEnvironment
{
    /// <summary>Functions to define before the script: name to text of the body, without its braces.</summary>
    public IReadOnlyDictionary<string, string> Functions { get; init; } = new Dictionary<string, string>();

    /// <summary>Modules to ship and import before the script, in this order.</summary>
    public IReadOnlyList<ModuleFolder> Modules { get; init; } = [];

    /// <summary>Files and folders of the driver's machine to ship, absolute paths. A folder comes with everything in it.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>Text of a script that runs once in a session before anything else of this environment is used; null for none.</summary>
    public string? InitializationScript { get; init; }

    /// <summary>Assemblies of remote functions, each with what it needs; put where modules are, and imported by nobody.</summary>
    public IReadOnlyList<AssemblyFiles> Assemblies { get; init; } = [];

    /// <summary>Whether there is nothing in it.</summary>
    public bool IsEmpty => Functions.Count == 0 && Modules.Count == 0 && Files.Count == 0 && Assemblies.Count == 0 && InitializationScript is null;
}
