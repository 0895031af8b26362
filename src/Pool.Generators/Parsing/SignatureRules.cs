using Eformer.Pool.Generators.Analyzers;
using Eformer.Pool.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Eformer.Pool.Generators.Parsing;

/// <summary>What must be so of all parameters together.</summary>
internal static class SignatureRules
{
    /// <summary>Finds what is wrong.</summary>
    public static void Check(IMethodSymbol method, ResultModel result, List<Problem> problems)
    {
        foreach (IGrouping<ParameterRole, IParameterSymbol> given in method.Parameters
            .GroupBy(static parameter => ParameterParser.RoleOf(parameter.Type))
            .Where(static group => group.Key != ParameterRole.Data && group.Skip(1).Any()))
        {
            problems.Add(new Problem(Rules.GivenTwice, given.Last(), method.Name, given.Last().Type.Name));
        }

        IParameterSymbol? stop = method.Parameters.FirstOrDefault(static parameter => ParameterParser.RoleOf(parameter.Type) == ParameterRole.Stop);
        if (stop is null && result.IsAwaited)
        {
            problems.Add(new Problem(Rules.NoCancellation, method, method.Name));
        }

        if (stop is not null && stop.Ordinal != method.Parameters.Length - 1)
        {
            problems.Add(new Problem(Rules.CancellationNotLast, stop, method.Name));
        }
    }

    /// <summary>Whether the compiler itself is against the signature; then it says so where it was written.</summary>
    public static bool IsImpossible(IMethodSymbol method) =>
        method.Parameters.Select(static parameter => parameter.Name).Distinct().Count() < method.Parameters.Length
        || method.ContainingType.GetMembers(method.Name).Count(member => member is IMethodSymbol other && IsAlike(method, other)) > 1;

    /// <summary>The types that a function's proxies mention.</summary>
    public static IEnumerable<ITypeSymbol> TypesOf(IMethodSymbol method) => method.Parameters.Select(static parameter => parameter.Type).Append(method.ReturnType);

    // As C# tells signatures apart: all kinds of references are one to it.
    private static bool IsAlike(IMethodSymbol method, IMethodSymbol other) => method.Arity == other.Arity && Signature(method).SequenceEqual(Signature(other));

    private static IEnumerable<(bool, string)> Signature(IMethodSymbol method) =>
        method.Parameters.Select(static parameter => (parameter.RefKind != RefKind.None, TypeNames.Signature(parameter.Type)));
}
