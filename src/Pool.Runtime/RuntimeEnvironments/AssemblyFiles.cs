namespace Eformer.Pool;

/// <summary>An assembly of the driver's machine with what it needs.</summary>
/// <param name="Name">Its simple name.</param>
/// <param name="Files">Absolute paths: the assembly's own first. All are put into one folder.</param>
public sealed record AssemblyFiles(string Name, IReadOnlyList<string> Files);
