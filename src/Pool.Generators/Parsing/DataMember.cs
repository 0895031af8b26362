using Microsoft.CodeAnalysis;

namespace Eformer.Pool.Generators.Parsing;

/// <summary>A member that travels.</summary>
/// <param name="Symbol">The property or field.</param>
/// <param name="Type">Its type.</param>
/// <param name="JsonName">Its name in JSON.</param>
/// <param name="IsOptional">Whether it may be left out.</param>
/// <param name="Problem">Why it does not arrive as it was; null when it does.</param>
internal sealed record DataMember(ISymbol Symbol, ITypeSymbol Type, string JsonName, bool IsOptional, string? Problem);
