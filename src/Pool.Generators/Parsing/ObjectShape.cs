using System.Collections.Immutable;
using Eformer.Pool.Generators.Contracts;
using Microsoft.CodeAnalysis;

namespace Eformer.Pool.Generators.Parsing;

/// <summary>How System.Text.Json reads and writes an object: through which constructor, and which members.</summary>
/// <param name="Members">Base types' first, then in the order of their declaration.</param>
/// <param name="Refusal">Why it cannot; null when it can.</param>
internal sealed record ObjectShape(IReadOnlyList<DataMember> Members, string? Refusal)
{
    private const string Json = "System.Text.Json.Serialization";

    /// <summary>The shape of a type.</summary>
    public static ObjectShape Of(INamedTypeSymbol type, JsonProfile json)
    {
        if (PolymorphyRefusalOf(type) is { } why)
        {
            return new ObjectShape([], why);
        }

        if (type.IsAbstract)
        {
            return type.Has(Json, "JsonDerivedTypeAttribute")
                ? new ObjectShape(MembersOf(type, [], json), null)
                : new ObjectShape([], "it is abstract; name a type that is not, or list its types with [JsonDerivedType]");
        }

        if (type.InstanceConstructors.Count(static candidate => candidate.Has(Json, "JsonConstructorAttribute")) > 1)
        {
            return new ObjectShape([], "more than one of its constructors has [JsonConstructor]");
        }

        if (!TryChooseConstructor(type, out IMethodSymbol? constructor))
        {
            return new ObjectShape([], "it needs one public constructor, or one with [JsonConstructor]");
        }

        IReadOnlyList<IParameterSymbol> parameters = constructor?.Parameters ?? ImmutableArray<IParameterSymbol>.Empty;
        IReadOnlyList<DataMember> members = MembersOf(type, parameters, json);
        if (NameOfTwo(type, json) is { } name)
        {
            return new ObjectShape(members, $"two of its members are called '{name}' in JSON");
        }

        IParameterSymbol? lost = parameters.FirstOrDefault(parameter => !members.Any(member => Binds(parameter, member.Symbol, member.Type)));
        return new ObjectShape(members, lost is null ? null : $"no property has the name and the type of its constructor's parameter '{lost.Name}'");
    }

    // What is written without a mark is read back as the base, or not at all.
    private static string? PolymorphyRefusalOf(INamedTypeSymbol type)
    {
        AttributeData[] derived = [.. type.GetAttributes().Where(static attribute => attribute.AttributeClass.Is(Json, "JsonDerivedTypeAttribute"))];
        return derived.Length == 0
            ? type.Has(Json, "JsonPolymorphicAttribute") ? "it has [JsonPolymorphic], but no [JsonDerivedType]" : null
            : derived.FirstOrDefault(attribute => attribute.ConstructorArguments.Length < 2 && !IsOf(attribute, type)) is { } unmarked
                ? $"[JsonDerivedType] of '{(unmarked.ConstructorArguments.FirstOrDefault().Value as ISymbol)?.Name}' has no discriminator, without which it is not read back"
                : null;
    }

    private static bool IsOf(AttributeData attribute, INamedTypeSymbol type) =>
        SymbolEqualityComparer.Default.Equals(attribute.ConstructorArguments.FirstOrDefault().Value as ISymbol, type);

    // Null is a struct's own, which has no parameters.
    private static bool TryChooseConstructor(INamedTypeSymbol type, out IMethodSymbol? constructor)
    {
        IMethodSymbol[] open = [.. type.InstanceConstructors.Where(static candidate => candidate.DeclaredAccessibility == Accessibility.Public)];
        constructor = type.InstanceConstructors.FirstOrDefault(static candidate => candidate.Has(Json, "JsonConstructorAttribute"))
            ?? open.FirstOrDefault(static candidate => candidate.Parameters.Length == 0)
            ?? (open.Length == 1 && !type.IsValueType ? open[0] : null);
        return constructor is not null || type.IsValueType;
    }

    private static IReadOnlyList<DataMember> MembersOf(INamedTypeSymbol type, IReadOnlyList<IParameterSymbol> parameters, JsonProfile json)
    {
        IEnumerable<DataMember[]> levels = SymbolsOf(type)
            .Select(level => level.Select(member => MemberOf(member, parameters, json)).OfType<DataMember>().ToArray())
            .ToArray();
        return [.. levels.Reverse().SelectMany(static level => level)];
    }

    // What is written only, because it is computed, has its name too.
    private static string? NameOfTwo(INamedTypeSymbol type, JsonProfile json) => SymbolsOf(type).SelectMany(static level => level)
        .Where(static member => !IsLeftOut(member) && member is IPropertySymbol { IsIndexer: false } or IFieldSymbol { IsConst: false })
        .GroupBy(member => JsonNameOf(member, json), StringComparer.Ordinal)
        .FirstOrDefault(static group => group.Skip(1).Any())?.Key;

    // Those of the type itself first, then those of its bases that it does not hide.
    private static IEnumerable<ISymbol[]> SymbolsOf(INamedTypeSymbol type)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        return type.WithBases()
            .Where(static part => part.SpecialType is not (SpecialType.System_Object or SpecialType.System_ValueType))
            .Select(part => part.GetMembers().Where(member => !member.IsStatic && member is IPropertySymbol or IFieldSymbol && seen.Add(member.Name)).ToArray());
    }

    private static DataMember? MemberOf(ISymbol member, IReadOnlyList<IParameterSymbol> parameters, JsonProfile json)
    {
        if (IsLeftOut(member))
        {
            return null;
        }

        bool isIncluded = IsIncluded(member);
        ITypeSymbol type = member is IPropertySymbol property ? property.Type : ((IFieldSymbol)member).Type;
        IParameterSymbol? parameter = parameters.FirstOrDefault(candidate => Binds(candidate, member, type));
        return member switch
        {
            IPropertySymbol { IsIndexer: true } or IPropertySymbol { GetMethod: null } or IFieldSymbol { IsConst: true } => null,
            IPropertySymbol or IFieldSymbol when IsRequired(member) && IgnoresAlways(member) => New("it is required, but [JsonIgnore] keeps it from being read"),
            IFieldSymbol when !isIncluded && !json.IncludesFields => New("it is a field, which is not written; make it a property"),
            IPropertySymbol read when parameter is null && !IsSettable(read, isIncluded) => IsStored(read) && !IsPopulated(read)
                ? New("it is written, but not read back; give it an init accessor, or [JsonIgnore]")
                : TypeShapes.IsUnwritable(read.Type) ? New(null) : null,
            _ => New(null),
        };

        DataMember New(string? problem) => new(member, type, JsonNameOf(member, json), IsOptional(member, parameter), problem);
    }

    private static bool IsLeftOut(ISymbol member) =>
        IsIgnored(member) || member.IsImplicitlyDeclared || !(IsIncluded(member) || member.DeclaredAccessibility == Accessibility.Public);

    private static bool IsIncluded(ISymbol member) => member.Has(Json, "JsonIncludeAttribute");

    private static bool IsIgnored(ISymbol member) =>
        member.Has(Json, "JsonExtensionDataAttribute") || (IgnoresAlways(member) && !IsRequired(member));

    private static bool IgnoresAlways(ISymbol member) =>
        member.Attribute(Json, "JsonIgnoreAttribute") is { } ignore && ignore.Argument("Condition") is null or 1;

    private static bool IsRequired(ISymbol member) =>
        member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true } || member.Has(Json, "JsonRequiredAttribute");

    private static bool IsSettable(IPropertySymbol property, bool isIncluded) =>
        property.SetMethod is { } set && (isIncluded || set.DeclaredAccessibility == Accessibility.Public);

    // What is computed needs not travel. It is written all the same.
    private static bool IsStored(IPropertySymbol property) => property.SetMethod is not null || property.ContainingType.GetMembers().Any(member =>
        member is IFieldSymbol field && SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property));

    private static bool IsPopulated(IPropertySymbol property)
    {
        const int Populate = 1;
        AttributeData? handling = property.Attribute(Json, "JsonObjectCreationHandlingAttribute") ?? property.ContainingType.Attribute(Json, "JsonObjectCreationHandlingAttribute");
        return handling?.ConstructorArguments.FirstOrDefault().Value is Populate;
    }

    private static bool Binds(IParameterSymbol parameter, ISymbol member, ITypeSymbol type) =>
        string.Equals(parameter.Name, member.Name, StringComparison.OrdinalIgnoreCase) && SymbolEqualityComparer.Default.Equals(parameter.Type, type);

    private static bool IsOptional(ISymbol member, IParameterSymbol? parameter) =>
        !IsRequired(member) && parameter is null or { HasExplicitDefaultValue: true };

    private static string JsonNameOf(ISymbol member, JsonProfile json) => JsonNames.Escape(
        member.Attribute(Json, "JsonPropertyNameAttribute")?.ConstructorArguments.FirstOrDefault().Value as string
        ?? JsonNames.Of(member.Name, json.Naming));
}
