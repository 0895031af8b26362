namespace Eformer.Pool.Generators.Model;

/// <summary>The functions of an assembly.</summary>
/// <param name="Entries">In the order of their names.</param>
/// <param name="JsonContexts">The contexts that they name.</param>
/// <param name="Contracts">Text of their contracts.</param>
internal sealed record TableModel(EquatableArray<TableEntry> Entries, EquatableArray<string> JsonContexts, string Contracts);
