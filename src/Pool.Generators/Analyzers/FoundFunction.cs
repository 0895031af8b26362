using Eformer.Pool.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Eformer.Pool.Generators.Analyzers;

/// <summary>A remote function of the compilation that is analysed.</summary>
/// <param name="Method">The method.</param>
/// <param name="Model">What it comes to; null when it is wrong in itself.</param>
internal sealed record FoundFunction(IMethodSymbol Method, FunctionModel? Model);
