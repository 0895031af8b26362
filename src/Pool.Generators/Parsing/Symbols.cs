using Microsoft.CodeAnalysis;

namespace Eformer.Pool.Generators.Parsing;

/// <summary>Questions to symbols.</summary>
internal static class Symbols
{
    /// <summary>Whether a type is one of a name.</summary>
    /// <param name="symbol">The type, or its construction.</param>
    /// <param name="space">Its namespace.</param>
    /// <param name="name">Its name.</param>
    /// <param name="arity">How many type parameters it has.</param>
    public static bool Is(this ISymbol? symbol, string space, string name, int arity = 0) =>
        symbol is INamedTypeSymbol type && type.Name == name && type.Arity == arity && type.ContainingType is null && type.ContainingNamespace.Is(space);

    /// <summary>Whether a namespace is one of a name.</summary>
    public static bool Is(this INamespaceSymbol? space, string name)
    {
        int end = name.Length;
        while (space is { IsGlobalNamespace: false })
        {
            int start = name.LastIndexOf('.', end - 1) + 1;
            if (end - start != space.Name.Length || string.CompareOrdinal(name, start, space.Name, 0, space.Name.Length) != 0)
            {
                return false;
            }

            end = start - 1;
            space = space.ContainingNamespace;
            if (end < 0)
            {
                return space is { IsGlobalNamespace: true };
            }
        }

        return false;
    }

    /// <summary>The first attribute of a name, or null.</summary>
    public static AttributeData? Attribute(this ISymbol symbol, string space, string name) =>
        symbol.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass.Is(space, name));

    /// <summary>Whether a symbol has an attribute.</summary>
    public static bool Has(this ISymbol symbol, string space, string name) => symbol.Attribute(space, name) is not null;

    /// <summary>Whether System.Text.Json leaves a type or member to a converter: that of an attribute, or of one of the user's own that derives from it.</summary>
    public static bool HasConverter(this ISymbol symbol) => symbol.GetAttributes().Any(static attribute =>
        attribute.AttributeClass?.WithBases().Any(static part => part.Is("System.Text.Json.Serialization", "JsonConverterAttribute")) is true);

    /// <summary>A named argument of an attribute, or null.</summary>
    public static object? Argument(this AttributeData attribute, string name) =>
        attribute.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value is { Kind: not TypedConstantKind.Array } value ? value.Value : null;

    /// <summary>The types around a type, outermost first, and the type itself.</summary>
    public static IReadOnlyList<INamedTypeSymbol> Chain(this INamedTypeSymbol type)
    {
        List<INamedTypeSymbol> chain = [];
        for (INamedTypeSymbol? at = type; at is not null; at = at.ContainingType)
        {
            chain.Insert(0, at);
        }

        return chain;
    }

    /// <summary>A type and those that it derives from.</summary>
    public static IEnumerable<INamedTypeSymbol> WithBases(this INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? at = type; at is not null; at = at.BaseType)
        {
            yield return at;
        }
    }
}
