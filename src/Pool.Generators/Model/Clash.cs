namespace Eformer.Pool.Generators.Model;

/// <summary>A function that another is in the way of.</summary>
/// <param name="Kind">In what.</param>
/// <param name="Function">The one that gives way.</param>
/// <param name="First">The other.</param>
internal sealed record Clash(ClashKind Kind, FunctionModel Function, FunctionModel First);
