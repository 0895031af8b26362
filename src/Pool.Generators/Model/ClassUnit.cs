namespace Eformer.Pool.Generators.Model;

/// <summary>A class with its functions: what becomes one file.</summary>
/// <param name="Class">The class.</param>
/// <param name="HintName">Name of the file.</param>
/// <param name="Functions">In the order of their identities.</param>
internal sealed record ClassUnit(ClassModel Class, string HintName, EquatableArray<FunctionUnit> Functions);
