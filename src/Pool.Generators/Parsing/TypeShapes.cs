using Microsoft.CodeAnalysis;

namespace Eformer.Pool.Generators.Parsing;

/// <summary>What System.Text.Json takes types for.</summary>
internal static class TypeShapes
{
    private static readonly HashSet<string> s_leaves = new(StringComparer.Ordinal)
    {
        "System.DateTimeOffset", "System.TimeSpan", "System.DateOnly", "System.TimeOnly", "System.Guid", "System.Uri", "System.Version",
        "System.Half", "System.Int128", "System.UInt128", "System.Text.Json.JsonElement", "System.Text.Json.JsonDocument",
        "System.Text.Json.Nodes.JsonNode", "System.Text.Json.Nodes.JsonObject", "System.Text.Json.Nodes.JsonArray", "System.Text.Json.Nodes.JsonValue",
    };

    /// <summary>The type that may be null in a <c>T?</c> of values; null for other types.</summary>
    public static ITypeSymbol? NullableOf(ITypeSymbol type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : null;

    /// <summary>Whether it is a value with no parts.</summary>
    public static bool IsLeaf(ITypeSymbol type) =>
        type.SpecialType is (>= SpecialType.System_Boolean and <= SpecialType.System_String) or SpecialType.System_DateTime
        || (type is INamedTypeSymbol { Arity: 0, ContainingType: null } && s_leaves.Contains(TypeNames.Plain(type)));

    /// <summary>Whether it is bytes, which travel as one text.</summary>
    public static bool IsBytes(ITypeSymbol type) =>
        type is IArrayTypeSymbol { Rank: 1, ElementType.SpecialType: SpecialType.System_Byte }
        || (type is INamedTypeSymbol { Arity: 1 } memory
            && memory.TypeArguments[0].SpecialType == SpecialType.System_Byte
            && (memory.Is("System", "Memory", 1) || memory.Is("System", "ReadOnlyMemory", 1)));

    /// <summary>Whether it can be a key.</summary>
    public static bool IsKey(ITypeSymbol type) =>
        type.TypeKind == TypeKind.Enum || (IsLeaf(type) && !IsJson(type));

    /// <summary>Whether it is made of parts: PowerShell needs help to make one of a hashtable, and of collections makes only some itself.</summary>
    public static bool IsComposite(ITypeSymbol type)
    {
        ITypeSymbol plain = NullableOf(type) ?? type;
        return plain is IArrayTypeSymbol array && !IsBytes(array)
            ? IsComposite(array.ElementType)
            : IsJson(plain) || IsMemory(plain) || (plain.TypeKind != TypeKind.Enum && !IsLeaf(plain) && !IsBytes(plain));
    }

    // PowerShell makes none of these of what its users have.
    private static bool IsJson(ITypeSymbol type) =>
        type.ContainingNamespace is { } space && (space.Is("System.Text.Json") || space.Is("System.Text.Json.Nodes"));

    private static bool IsMemory(ITypeSymbol type) => IsBytes(type) && type is not IArrayTypeSymbol;

    /// <summary>The method of a JSON writer that writes the type; null when there is none that needs no more.</summary>
    public static string? WriteMethodOf(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_Boolean => "WriteBooleanValue",
        SpecialType.System_String => "WriteStringValue",
        >= SpecialType.System_SByte and <= SpecialType.System_Double => "WriteNumberValue",
        _ => null,
    };

    /// <summary>Keys and values of a dictionary; null for other types.</summary>
    public static INamedTypeSymbol? DictionaryOf(INamedTypeSymbol type) =>
        Find(type, "IDictionary", 2) ?? Find(type, "IReadOnlyDictionary", 2);

    /// <summary>The items of an array or a collection; null for other types.</summary>
    public static ITypeSymbol? ItemOf(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => array.ElementType,
        INamedTypeSymbol { SpecialType: not SpecialType.System_String } named => ItemOf(named),
        _ => null,
    };

    /// <summary>The items of a collection; null for other types.</summary>
    public static ITypeSymbol? ItemOf(INamedTypeSymbol type) => Find(type, "IEnumerable", 1)?.TypeArguments[0];

    /// <summary>Why a type cannot be data at all; null when it may be.</summary>
    public static string? RefusalOf(ITypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Dynamic } or { SpecialType: SpecialType.System_Object } => "its type is not known; name the type",
        { TypeKind: TypeKind.Pointer or TypeKind.FunctionPointer } or { SpecialType: SpecialType.System_IntPtr or SpecialType.System_UIntPtr } =>
            "an address means nothing on another machine",
        { IsRefLikeType: true } => "it cannot leave its stack; use an array",
        { TypeKind: TypeKind.Delegate } => "code cannot be sent",
        { TypeKind: TypeKind.TypeParameter } => "its type is open",
        { IsTupleType: true } => "System.Text.Json does not write the elements of tuples; use a record",
        IArrayTypeSymbol { Rank: > 1 } => "System.Text.Json does not write arrays of more than one dimension; use arrays of arrays",
        INamedTypeSymbol named when named.WithBases().Any(static part => part.Is("System", "Exception")) => "exceptions are not data; throw it",
        INamedTypeSymbol named when named.WithBases().Any(static part => part.Is("System.Threading.Tasks", "Task")) => "tasks are not data; a result may be a Task or ValueTask itself, no type of its own",
        _ => null,
    };

    /// <summary>Whether System.Text.Json cannot even write it: then nothing may have it as a member.</summary>
    public static bool IsUnwritable(ITypeSymbol type) =>
        type.TypeKind is TypeKind.Pointer or TypeKind.FunctionPointer or TypeKind.Delegate
        || type.SpecialType is SpecialType.System_IntPtr or SpecialType.System_UIntPtr
        || type.IsRefLikeType
        || (type is INamedTypeSymbol named && named.WithBases().Any(static part => part.Is("System.Reflection", "MemberInfo")));

    /// <summary>Whether it is a type of the framework.</summary>
    public static bool IsOfFramework(ITypeSymbol type)
    {
        INamespaceSymbol? space = type.ContainingNamespace;
        while (space is { IsGlobalNamespace: false, ContainingNamespace.IsGlobalNamespace: false })
        {
            space = space.ContainingNamespace;
        }

        return space is { IsGlobalNamespace: false, Name: "System" };
    }

    private static INamedTypeSymbol? Find(INamedTypeSymbol type, string name, int arity) =>
        type.Is("System.Collections.Generic", name, arity) ? type
        : type.AllInterfaces.FirstOrDefault(candidate => candidate.Is("System.Collections.Generic", name, arity));
}
