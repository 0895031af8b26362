using Microsoft.CodeAnalysis;

namespace Eformer.Pool.Generators.Parsing;

/// <summary>From where symbols can be used, all things considered.</summary>
internal static class Accesses
{
    /// <summary>From where a type can be used, with the types around it and its arguments.</summary>
    public static Access Of(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => Of(array.ElementType),
        IPointerTypeSymbol pointer => Of(pointer.PointedAtType),
        INamedTypeSymbol named => Least(named.TypeArguments.Select(Of).Concat(named.Chain().Select(Own))),
        _ => Access.Public,
    };

    /// <summary>From where a member can be used, when its type can be.</summary>
    public static Access OfMember(ISymbol member) => Own(member.DeclaredAccessibility);

    /// <summary>The least of some.</summary>
    public static Access Least(IEnumerable<Access> accesses) => accesses.DefaultIfEmpty(Access.Public).Min();

    private static Access Own(INamedTypeSymbol type) => type.IsFileLocal ? Access.Hidden : Own(type.DeclaredAccessibility);

    private static Access Own(Accessibility accessibility) => accessibility switch
    {
        Accessibility.Public or Accessibility.NotApplicable => Access.Public,
        Accessibility.Internal or Accessibility.ProtectedOrInternal => Access.Internal,
        _ => Access.Hidden,
    };
}
