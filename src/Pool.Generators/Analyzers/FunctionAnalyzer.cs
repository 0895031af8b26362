using System.Collections.Concurrent;
using System.Collections.Immutable;
using Eformer.Pool.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Eformer.Pool.Generators.Analyzers;

/// <summary>Reports what is wrong with remote functions: each by itself, and all of a project together.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class FunctionAnalyzer : DiagnosticAnalyzer
{
    // The compiler names what a generator makes so. A folder of the user's may have a part of it in its name.
    private static readonly string s_made = Path.Combine(typeof(RemoteFunctionGenerator).Assembly.GetName().Name, typeof(RemoteFunctionGenerator).FullName);

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(
        Rules.NotPartial, Rules.NotStatic, Rules.OpenGeneric, Rules.ByReference, Rules.UnsupportedParameter, Rules.UnsupportedReturn, Rules.DuplicateName,
        Rules.NoCancellation, Rules.CancellationNotLast, Rules.GivenTwice, Rules.NotAccessible, Rules.NotSerializable, Rules.JsonContextInvalid,
        Rules.CmdletNameMalformed, Rules.VerbNotApproved, Rules.DuplicateCmdlet, Rules.CmdletParameterTaken, Rules.PowerShellNotReferenced,
        Rules.ContractMissing, Rules.ContractChanged, Rules.ContractExtra, Rules.NameMalformed, Rules.ReservedMember, Rules.ProxiesAlike,
        Rules.CmdletTypeNotPublic, Rules.LanguageVersionTooLow, Rules.ObsoleteError, Rules.NotAFunction);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        // The generator looks into such code, too. In what it makes itself there are no remote functions.
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.EnableConcurrentExecution();
        context.RegisterSemanticModelAction(AnalyzeNested);
        context.RegisterCompilationStartAction(static start =>
        {
            ConcurrentBag<FoundFunction> found = [];
            start.RegisterSymbolAction(symbol => Analyze((IMethodSymbol)symbol.Symbol, symbol.Compilation, symbol.ReportDiagnostic, found, symbol.CancellationToken), SymbolKind.Method);
            start.RegisterCompilationEndAction(end => SetReport.Of(end, found.ToArray()));
        });
    }

    // Symbol actions do not see functions in functions. None of these is a remote function. They are looked for by hand: to have the
    // compiler show them it goes through all code there is, what the generator made included, node by node.
    private static void AnalyzeNested(SemanticModelAnalysisContext context)
    {
        SyntaxTree tree = context.SemanticModel.SyntaxTree;
        if (tree.FilePath.Contains(s_made))
        {
            return;
        }

        SyntaxNode root = tree.GetRoot(context.CancellationToken);
        foreach (SyntaxNode nested in root.DescendantNodes().OfType<AttributeListSyntax>().Select(static list => list.Parent!).Distinct())
        {
            if (nested is LocalFunctionStatementSyntax or LambdaExpressionSyntax && SymbolOf(nested, context) is IMethodSymbol method)
            {
                Analyze(method, context.SemanticModel.Compilation, context.ReportDiagnostic, [], context.CancellationToken);
            }
        }
    }

    private static ISymbol? SymbolOf(SyntaxNode nested, SemanticModelAnalysisContext context) =>
        context.SemanticModel.GetDeclaredSymbol(nested, context.CancellationToken)
        ?? context.SemanticModel.GetSymbolInfo(nested, context.CancellationToken).Symbol;

    private static void Analyze(
        IMethodSymbol method, Compilation compilation, Action<Diagnostic> report, ConcurrentBag<FoundFunction> found, CancellationToken cancellationToken)
    {
        // Both parts of a partial method have the attribute, whichever it was written at.
        if (method.PartialDefinitionPart is not null || FunctionParser.AttributeOf(method) is not { } attribute)
        {
            return;
        }

        ParsedFunction parsed = FunctionParser.Parse(method, attribute, cancellationToken);
        found.Add(new FoundFunction(method, parsed.Model));
        foreach (Problem problem in parsed.Problems)
        {
            report(problem.ToDiagnostic());
        }

        if (parsed.Model?.Cmdlet is { } cmdlet && !AssemblyParser.HasCmdlets(compilation))
        {
            report(new Problem(Rules.PowerShellNotReferenced, method, cmdlet.Name).ToDiagnostic());
        }
    }
}
