namespace Eformer.Pool.Generators.Model;

/// <summary>How the table of an assembly finds a function.</summary>
internal sealed record TableEntry(string Name, string Request);
