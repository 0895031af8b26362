using Eformer.Pool.Generators.Analyzers;
using Eformer.Pool.Generators.Emission;
using Eformer.Pool.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Eformer.Pool.Generators.Parsing;

/// <summary>Makes the model of a remote function, or finds what is wrong with it: the one place for both, so that they agree.</summary>
internal static class FunctionParser
{
    /// <summary>Full name of the attribute.</summary>
    public const string AttributeName = "Eformer.Pool.RemoteFunctionAttribute";

    /// <summary>The attribute of a remote function; null when it is none.</summary>
    public static AttributeData? AttributeOf(ISymbol symbol) => symbol.Attribute("Eformer.Pool", "RemoteFunctionAttribute");

    /// <summary>Parses a method.</summary>
    /// <param name="method">It has the attribute; of a partial one the part without a body.</param>
    /// <param name="attribute">That.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static ParsedFunction Parse(IMethodSymbol method, AttributeData attribute, CancellationToken cancellationToken)
    {
        List<Problem> problems = [.. DeclarationRules.Check(method, cancellationToken)];
        if (problems.Any(static problem => problem.IsFatal))
        {
            return new ParsedFunction(null, problems);
        }

        JsonProfile json = JsonProfile.Of(method, attribute, problems, cancellationToken);
        TypeGraph graph = new(json, cancellationToken);
        IReadOnlyList<ParameterModel> parameters = ParameterParser.Parse(method, graph, problems);
        ResultModel result = ResultParser.Parse(method, graph, problems);
        SignatureRules.Check(method, result, problems);
        string name = NameOf(method, attribute, problems);
        CmdletModel? cmdlet = CmdletParser.Parse(method, attribute, parameters, problems);
        Access access = Accesses.Least([Accesses.OfMember(method), .. SignatureRules.TypesOf(method).Select(Accesses.Of)]);
        if (graph.HasErrors || access == Access.Hidden || SignatureRules.IsImpossible(method) || problems.Any(static problem => problem.IsFatal))
        {
            return new ParsedFunction(null, problems);
        }

        ClassModel container = ContainerOf(method.ContainingType);
        FunctionModel model = new(container, method.Name, name, result, parameters.ToEquatableArray())
        {
            Identity = $"{container.FullName}.{method.Name}({string.Join(", ", method.Parameters.Select(parameter => TypeNames.Signature(parameter.Type)))})",
            ProxyKey = ProxyKeyOf(container, method, parameters),
            IsPublic = access == Access.Public,
            Schema = graph.Schema(parameters, result),
            JsonContext = json.Context,
            Cmdlet = cmdlet,
            Help = CommentText.Of(method, cancellationToken),
        };
        return new ParsedFunction(model, problems);
    }

    private static string NameOf(IMethodSymbol method, AttributeData attribute, List<Problem> problems)
    {
        if (attribute.Argument("Name") is not string name)
        {
            return TypeNames.Plain(method.ContainingType) + "." + method.Name;
        }

        if (name.Length == 0 || !name.All(static letter => char.IsLetterOrDigit(letter) || letter is '_' or '.' or '-'))
        {
            problems.Add(new Problem(Rules.NameMalformed, method, name));
        }

        return name;
    }

    private static string ProxyKeyOf(ClassModel container, IMethodSymbol method, IReadOnlyList<ParameterModel> parameters)
    {
        IEnumerable<string> types = method.Parameters
            .Where((_, index) => parameters[index].Role == ParameterRole.Data)
            .Select(static parameter => TypeNames.Signature(parameter.Type));
        return $"{container.FullName}.{method.Name}({string.Join(", ", types)})";
    }

    private static ClassModel ContainerOf(INamedTypeSymbol type) => new(
        type.ContainingNamespace.IsGlobalNamespace ? "" : Identifiers.EscapeDotted(type.ContainingNamespace.ToDisplayString()),
        TypeNames.Plain(type),
        type.Chain().Select(static part => new TypeDeclaration(KeywordOf(part), Identifiers.Escape(part.Name))).ToEquatableArray());

    private static string KeywordOf(INamedTypeSymbol type) => type switch
    {
        { IsRecord: true, TypeKind: TypeKind.Struct } => "record struct",
        { IsRecord: true } => "record",
        { TypeKind: TypeKind.Struct } => "struct",
        { TypeKind: TypeKind.Interface } => "interface",
        _ => "class",
    };
}
