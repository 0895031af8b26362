using Eformer.Pool.Generators.Analyzers;
using Eformer.Pool.Generators.Emission;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Eformer.Pool.Generators.Parsing;

/// <summary>What must be so of a method and the types around it, whatever its parameters are.</summary>
internal static class DeclarationRules
{
    /// <summary>Finds what is wrong.</summary>
    public static IEnumerable<Problem> Check(IMethodSymbol method, CancellationToken cancellationToken)
    {
        if (!IsCallable(method))
        {
            yield return new Problem(Rules.NotAFunction, method, method.Name);
            yield break;
        }

        INamedTypeSymbol type = method.ContainingType;
        IReadOnlyList<INamedTypeSymbol> chain = type.Chain();
        if (chain.FirstOrDefault(part => !IsPartial(part, cancellationToken)) is { } whole)
        {
            yield return new Problem(Rules.NotPartial, method, method.Name, whole.Name);
        }

        if (!method.IsStatic)
        {
            yield return new Problem(Rules.NotStatic, method, method.Name);
        }

        if (method.IsGenericMethod || chain.Any(static part => part.IsGenericType))
        {
            yield return new Problem(Rules.OpenGeneric, method, method.Name);
        }

        if (Accesses.Least([Accesses.OfMember(method), Accesses.Of(type)]) == Access.Hidden)
        {
            yield return new Problem(Rules.NotAccessible, method, method.Name);
        }

        if (ReservedIn(type, method) is { } reserved)
        {
            yield return new Problem(Rules.ReservedMember, method, type.Name, reserved);
        }

        if (((ISymbol[])[method, .. chain]).FirstOrDefault(IsObsoleteError) is { } obsolete)
        {
            yield return new Problem(Rules.ObsoleteError, method, method.Name, obsolete.Name);
        }

        if (LanguageOf(method) is < LanguageVersion.CSharp12 and var version)
        {
            yield return new Problem(Rules.LanguageVersionTooLow, method, version.ToDisplayString());
        }
    }

    private static bool IsCallable(IMethodSymbol method) =>
        method.MethodKind == MethodKind.Ordinary
        && !method.IsAbstract
        && !(method.IsStatic && method.IsVirtual)
        && !method.IsVararg
        && method.ContainingType.TypeKind is TypeKind.Class or TypeKind.Struct or TypeKind.Interface
        && !method.Has("System.Runtime.InteropServices", "UnmanagedCallersOnlyAttribute")
        && !method.Has("System.Diagnostics", "ConditionalAttribute");

    private static bool IsPartial(INamedTypeSymbol type, CancellationToken cancellationToken) => type.DeclaringSyntaxReferences.Any(reference =>
        reference.GetSyntax(cancellationToken) is TypeDeclarationSyntax declaration && declaration.Modifiers.Any(SyntaxKind.PartialKeyword));

    // What the generator made is there too when analysers look.
    private static string? ReservedIn(INamedTypeSymbol type, IMethodSymbol method) => Reserved.All.Append("__" + method.Name)
        .FirstOrDefault(name => type.Name == name || type.GetMembers(name).Any(static member => !IsGenerated(member)))
        ?? type.GetMembers().FirstOrDefault(member => member.Name.StartsWith($"__{method.Name}_", StringComparison.Ordinal) && !IsGenerated(member))?.Name;

    private static bool IsGenerated(ISymbol member) =>
        member.Attribute("System.CodeDom.Compiler", "GeneratedCodeAttribute") is { } mark
        && mark.ConstructorArguments.FirstOrDefault().Value is Reserved.Tool;

    private static bool IsObsoleteError(ISymbol symbol) =>
        symbol.Attribute("System", "ObsoleteAttribute") is { ConstructorArguments.Length: 2 } mark && mark.ConstructorArguments[1].Value is true;

    private static LanguageVersion LanguageOf(IMethodSymbol method) =>
        method.DeclaringSyntaxReferences.FirstOrDefault()?.SyntaxTree.Options is CSharpParseOptions options
            ? options.LanguageVersion
            : LanguageVersion.Latest;
}
