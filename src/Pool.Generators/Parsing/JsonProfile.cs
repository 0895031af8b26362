using Eformer.Pool.Generators.Analyzers;
using Eformer.Pool.Generators.Contracts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Eformer.Pool.Generators.Parsing;

/// <summary>How the data of a function is read and written: by the runtime's rules, or by a context of the user's.</summary>
/// <param name="Context">The context as C# writes it; null for the runtime's rules.</param>
/// <param name="Naming">How the context names members.</param>
/// <param name="IncludesFields">Whether it writes fields.</param>
/// <param name="HasConverters">Whether it has converters of its own, so that nobody knows here what it can write.</param>
internal sealed record JsonProfile(string? Context, JsonNaming Naming, bool IncludesFields, bool HasConverters)
{
    private const string Json = "System.Text.Json.Serialization";

    /// <summary>The profile that a function's attribute tells.</summary>
    public static JsonProfile Of(IMethodSymbol method, AttributeData attribute, List<Problem> problems, CancellationToken cancellationToken)
    {
        if (attribute.Argument("JsonContext") is not ITypeSymbol type || type.TypeKind == TypeKind.Error)
        {
            return new JsonProfile(null, JsonNaming.None, false, false);
        }

        if (RefusalOf(type, cancellationToken) is { } why)
        {
            problems.Add(new Problem(Rules.JsonContextInvalid, method, type.Name, why));
        }

        AttributeData? options = type.Attribute(Json, "JsonSourceGenerationOptionsAttribute");
        return new JsonProfile(
            TypeNames.PlainCode(type),
            options?.Argument("PropertyNamingPolicy") is int naming ? (JsonNaming)naming : JsonNaming.None,
            options?.Argument("IncludeFields") is true,
            options?.NamedArguments.Any(static argument => argument.Key == "Converters") is true);
    }

    private static string? RefusalOf(ITypeSymbol type, CancellationToken cancellationToken)
    {
        if (type is not INamedTypeSymbol named || !named.WithBases().Skip(1).Any(static part => part.Is(Json, "JsonSerializerContext")))
        {
            return "it does not derive from JsonSerializerContext";
        }

        if (named.IsAbstract || named.IsGenericType || Accesses.Of(named) == Access.Hidden)
        {
            return "it is abstract, generic or private";
        }

        return HasDefault(named) || WillHaveDefault(named, cancellationToken)
            ? null
            : "it has no member 'Default'; make it partial and give it [JsonSerializable] attributes";
    }

    private static bool HasDefault(INamedTypeSymbol type) => type.GetMembers("Default").Any(member =>
        member is IPropertySymbol { IsStatic: true } or IFieldSymbol { IsStatic: true } && Accesses.OfMember(member) != Access.Hidden);

    // It is made by System.Text.Json's generator, whose output no other generator sees.
    private static bool WillHaveDefault(INamedTypeSymbol type, CancellationToken cancellationToken) =>
        type.Has(Json, "JsonSerializableAttribute") && type.Chain().All(part => part.DeclaringSyntaxReferences.Any(reference =>
            reference.GetSyntax(cancellationToken) is TypeDeclarationSyntax declaration && declaration.Modifiers.Any(SyntaxKind.PartialKeyword)));
}
