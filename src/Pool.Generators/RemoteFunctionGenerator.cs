using System.Collections.Immutable;
using Eformer.Pool.Generators.Emission;
using Eformer.Pool.Generators.Model;
using Eformer.Pool.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Eformer.Pool.Generators;

/// <summary>Makes proxies, requests, a table and cmdlets of remote functions. Says nothing: analysers do.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class RemoteFunctionGenerator : IIncrementalGenerator
{
    /// <summary>Name of the step that parses functions.</summary>
    internal const string FunctionsStep = "Functions";

    /// <summary>Name of the step that looks at the assembly.</summary>
    internal const string AssemblyStep = "Assembly";

    /// <summary>Name of the step that puts functions together.</summary>
    internal const string SetStep = "Set";

    /// <summary>Name of the step that gives each class.</summary>
    internal const string ClassesStep = "Classes";

    /// <summary>Name of the step that gives the table.</summary>
    internal const string TableStep = "Table";

    /// <summary>Name of the step that gives each cmdlet.</summary>
    internal const string CmdletsStep = "Cmdlets";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<FunctionModel> functions = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                FunctionParser.AttributeName,
                static (node, _) => node is MethodDeclarationSyntax,
                static (found, cancellationToken) => Parse(found, cancellationToken))
            .Where(static function => function is not null)
            .Select(static (function, _) => function!)
            .WithTrackingName(FunctionsStep);
        IncrementalValueProvider<AssemblyModel> assembly = context.CompilationProvider
            .Select(static (compilation, _) => AssemblyParser.Parse(compilation))
            .WithTrackingName(AssemblyStep);
        IncrementalValueProvider<FunctionSet> set = functions.Collect()
            .Select(static (all, _) => FunctionSet.Of(all))
            .WithTrackingName(SetStep);

        context.RegisterSourceOutput(
            set.SelectMany(static (all, _) => all.Classes).WithTrackingName(ClassesStep).Combine(assembly),
            static (output, unit) => output.AddSource(unit.Left.HintName, ClassSource.Write(unit.Left, unit.Right)));
        context.RegisterSourceOutput(
            set.Select(static (all, _) => all.Table).WithTrackingName(TableStep).Combine(assembly),
            static (output, table) => AddTable(output, table.Left, table.Right));
        context.RegisterSourceOutput(
            set.SelectMany(static (all, _) => CmdletsOf(all)).WithTrackingName(CmdletsStep).Combine(assembly),
            static (output, unit) => AddCmdlet(output, unit.Left, unit.Right));
    }

    // Of a partial method the part without a body: that is the one whose default values count.
    private static FunctionModel? Parse(GeneratorAttributeSyntaxContext found, CancellationToken cancellationToken) =>
        found.TargetSymbol is IMethodSymbol method
            ? FunctionParser.Parse(method.PartialDefinitionPart ?? method, found.Attributes[0], cancellationToken).Model
            : null;

    private static ImmutableArray<FunctionUnit> CmdletsOf(FunctionSet set) =>
        set.Classes.SelectMany(static unit => unit.Functions).Where(static unit => unit.Function.Cmdlet is not null).ToImmutableArray();

    private static void AddTable(SourceProductionContext output, TableModel table, AssemblyModel assembly)
    {
        if (table.Entries.Count > 0)
        {
            output.AddSource(HintNames.Table, TableSource.Write(table, assembly));
        }
    }

    private static void AddCmdlet(SourceProductionContext output, FunctionUnit unit, AssemblyModel assembly)
    {
        if (assembly.HasCmdlets)
        {
            output.AddSource(HintNames.OfCmdlet(unit.Function.Cmdlet!.Name), CmdletSource.Write(unit, assembly));
        }
    }
}
