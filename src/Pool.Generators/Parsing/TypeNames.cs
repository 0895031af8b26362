using Microsoft.CodeAnalysis;

namespace Eformer.Pool.Generators.Parsing;

/// <summary>How types are written.</summary>
internal static class TypeNames
{
    private static readonly SymbolDisplayFormat s_code = SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(
        SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier | SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    private static readonly SymbolDisplayFormat s_plain = new(
        SymbolDisplayGlobalNamespaceStyle.Omitted,
        SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        SymbolDisplayGenericsOptions.None,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes);

    /// <summary>As any code can write it.</summary>
    public static string Code(ITypeSymbol type) => type.ToDisplayString(s_code);

    /// <summary>The same without what says that the reference itself may be null.</summary>
    public static string PlainCode(ITypeSymbol type) => Code(type.WithNullableAnnotation(NullableAnnotation.None));

    /// <summary>What tells signatures apart: no annotations at all.</summary>
    public static string Signature(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);

    /// <summary>A keyword, or the full name, without type arguments.</summary>
    public static string Plain(ITypeSymbol type) => type.ToDisplayString(s_plain);
}
