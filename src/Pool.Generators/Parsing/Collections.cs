using Microsoft.CodeAnalysis;

namespace Eformer.Pool.Generators.Parsing;

/// <summary>Which collections System.Text.Json can read back as they were.</summary>
internal static class Collections
{
    private const string Generic = "System.Collections.Generic";

    private static readonly HashSet<string> s_interfaces = new(StringComparer.Ordinal)
    {
        "IEnumerable", "ICollection", "IList", "IReadOnlyCollection", "IReadOnlyList", "ISet", "IDictionary", "IReadOnlyDictionary",
    };

    /// <summary>Why one cannot be; null when it can be.</summary>
    public static string? RefusalOf(INamedTypeSymbol type)
    {
        if (type.WithBases().Concat(type.AllInterfaces).Any(IsStack))
        {
            return "System.Text.Json reads it back in reversed order; use a list";
        }

        bool isReadable = type.TypeKind == TypeKind.Interface
            ? IsKnownInterface(type)
            : IsImmutable(type) || IsQueue(type) || (!type.IsAbstract && HasPublicConstructor(type) && CanBeAddedTo(type));
        return !isReadable ? "System.Text.Json cannot read it back; use a list, an array or a dictionary"
            : LostOf(type) is { } lost ? $"of collections System.Text.Json writes the items only, not '{lost.Name}'; use a type that has both as members, or [JsonIgnore]"
            : null;
    }

    private static IPropertySymbol? LostOf(INamedTypeSymbol type) => type.WithBases()
        .TakeWhile(static part => !TypeShapes.IsOfFramework(part))
        .SelectMany(static part => part.GetMembers().OfType<IPropertySymbol>())
        .FirstOrDefault(static property => !property.IsStatic && !property.IsIndexer && !property.IsOverride
            && property is { DeclaredAccessibility: Accessibility.Public, GetMethod: not null, SetMethod.DeclaredAccessibility: Accessibility.Public }
            && !property.Has("System.Text.Json.Serialization", "JsonIgnoreAttribute"));

    private static bool IsStack(INamedTypeSymbol type) =>
        type.Is(Generic, "Stack", 1)
        || type.Is("System.Collections.Concurrent", "ConcurrentStack", 1)
        || type.Is("System.Collections.Immutable", "IImmutableStack", 1);

    private static bool IsKnownInterface(INamedTypeSymbol type) =>
        IsImmutable(type) || (s_interfaces.Contains(type.Name) && type.ContainingNamespace.Is(Generic));

    private static bool IsImmutable(INamedTypeSymbol type) => type.ContainingNamespace.Is("System.Collections.Immutable");

    private static bool IsQueue(INamedTypeSymbol type) =>
        type.Is(Generic, "Queue", 1) || type.Is("System.Collections.Concurrent", "ConcurrentQueue", 1);

    private static bool HasPublicConstructor(INamedTypeSymbol type) => !type.IsValueType && type.InstanceConstructors.Any(static constructor =>
        constructor.Parameters.Length == 0 && constructor.DeclaredAccessibility == Accessibility.Public);

    private static bool CanBeAddedTo(INamedTypeSymbol type) => type.AllInterfaces.Any(static candidate =>
        candidate.Is(Generic, "ICollection", 1) || candidate.Is(Generic, "IDictionary", 2));
}
