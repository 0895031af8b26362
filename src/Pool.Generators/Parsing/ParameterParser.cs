using Eformer.Pool.Generators.Analyzers;
using Eformer.Pool.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Eformer.Pool.Generators.Parsing;

/// <summary>Parses the parameters of a function.</summary>
internal static class ParameterParser
{
    /// <summary>All of them, in order.</summary>
    public static IReadOnlyList<ParameterModel> Parse(IMethodSymbol method, TypeGraph graph, List<Problem> problems) =>
        [.. method.Parameters.Select(parameter => Parse(parameter, method, graph, problems))];

    /// <summary>Where a parameter of a type gets its value.</summary>
    public static ParameterRole RoleOf(ITypeSymbol type) =>
        type.Is("System.Threading", "CancellationToken") ? ParameterRole.Stop
        : type.Is("Eformer.Pool", "HostContext") ? ParameterRole.Host
        : type.Is("System", "IProgress", 1) ? ParameterRole.Progress
        : ParameterRole.Data;

    private static ParameterModel Parse(IParameterSymbol parameter, IMethodSymbol method, TypeGraph graph, List<Problem> problems)
    {
        if (parameter.RefKind != RefKind.None)
        {
            problems.Add(new Problem(Rules.ByReference, parameter, parameter.Name, method.Name));
        }

        ParameterRole role = RoleOf(parameter.Type);
        ITypeSymbol type = role == ParameterRole.Progress ? ((INamedTypeSymbol)parameter.Type).TypeArguments[0] : parameter.Type;
        if (role is ParameterRole.Data or ParameterRole.Progress)
        {
            graph.AddRoot(parameter.Name, type);
            problems.AddRange(graph.TakeProblems().Select(problem => problem.Path.Count == 0
                ? new Problem(Rules.UnsupportedParameter, parameter, parameter.Name, method.Name, problem.Why)
                : new Problem(Rules.NotSerializable, parameter, problem.Where, method.Name, problem.Why)));
        }

        return new ParameterModel(role, parameter.Name, TypeNames.Code(type), TypeNames.PlainCode(type))
        {
            AllowsNull = AllowsNull(type),
            AllowsNullItems = TypeShapes.ItemOf(type) is { } item && AllowsNull(item),
            Default = role == ParameterRole.Data ? DefaultValues.Of(parameter) : null,
            ShownDefault = role == ParameterRole.Data ? DefaultValues.Show(parameter) : null,
            LeavesOutDefault = role == ParameterRole.Data && DefaultValues.IsNotFinite(parameter),
            WriteMethod = graph.UsesOwnContext ? null : TypeShapes.WriteMethodOf(type),
            IsComposite = TypeShapes.IsComposite(type),
        };
    }

    private static bool AllowsNull(ITypeSymbol type) =>
        type.IsReferenceType ? type.NullableAnnotation != NullableAnnotation.NotAnnotated : TypeShapes.NullableOf(type) is not null;
}
