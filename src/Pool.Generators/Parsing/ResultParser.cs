using Eformer.Pool.Generators.Analyzers;
using Eformer.Pool.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Eformer.Pool.Generators.Parsing;

/// <summary>Parses what a function gives.</summary>
internal static class ResultParser
{
    private const string Tasks = "System.Threading.Tasks";

    /// <summary>Key of the result among the roots of a graph: no parameter has that name.</summary>
    public const string Root = "";

    /// <summary>The result.</summary>
    public static ResultModel Parse(IMethodSymbol method, TypeGraph graph, List<Problem> problems)
    {
        ITypeSymbol type = method.ReturnType;
        // A partial method is async where its body is.
        bool isAsync = (method.PartialImplementationPart ?? method).IsAsync;
        if (method.RefKind != RefKind.None || (method.ReturnsVoid && isAsync))
        {
            string why = method.ReturnsVoid ? "'async void' cannot be awaited" : "a reference cannot leave its host";
            problems.Add(new Problem(Rules.UnsupportedReturn, method, method.Name, why));
        }

        if (method.ReturnsVoid || type.Is(Tasks, "Task") || type.Is(Tasks, "ValueTask"))
        {
            return new ResultModel(ResultModel.NoValue, HasValue: false, IsAwaited: !method.ReturnsVoid, IsStream: false) { IsValueTask = type.Name == "ValueTask" };
        }

        bool isStream = type.Is("System.Collections.Generic", "IAsyncEnumerable", 1);
        bool isAwaited = isStream || type.Is(Tasks, "Task", 1) || type.Is(Tasks, "ValueTask", 1);
        ITypeSymbol value = isAwaited ? ((INamedTypeSymbol)type).TypeArguments[0] : type;
        string name = graph.AddRoot(Root, value);
        problems.AddRange(graph.TakeProblems().Select(problem => problem.Path.Count == 0
            ? new Problem(Rules.UnsupportedReturn, method, method.Name, problem.Why)
            : new Problem(Rules.NotSerializable, method, problem.Where, method.Name, problem.Why)));
        return new ResultModel(TypeNames.Code(value), HasValue: true, isAwaited, isStream)
        {
            PlainType = TypeNames.PlainCode(value),
            SchemaType = isStream ? $"stream<{name}>" : name,
        };
    }
}
