using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Eformer.Pool.Generators.Tests.Support;

/// <summary>What the generator made.</summary>
/// <param name="Compilation">Everything together.</param>
/// <param name="Files">What was made, by the names of the files.</param>
/// <param name="Diagnostics">What the compiler says about it all.</param>
internal sealed record Generated(Compilation Compilation, IReadOnlyDictionary<string, string> Files, IReadOnlyList<Diagnostic> Diagnostics)
{
    private IReadOnlyList<SyntaxTree> _trees = [];

    /// <summary>All of it, one file after the other.</summary>
    public string Text => string.Join("\n", Files.Values);

    /// <summary>What the compiler says about what was made: of any severity but hidden.</summary>
    public IReadOnlyList<Diagnostic> OfGeneratedCode =>
        [.. Diagnostics.Where(diagnostic => diagnostic.Severity > DiagnosticSeverity.Hidden && _trees.Contains(diagnostic.Location.SourceTree))];

    /// <summary>Runs the generator.</summary>
    public static Generated Of(CSharpCompilation compilation)
    {
        GeneratorDriver driver = Driver(compilation).RunGeneratorsAndUpdateCompilation(compilation, out Compilation updated, out var problems);
        Assert.Empty(problems);
        GeneratorRunResult result = driver.GetRunResult().Results.Single();
        Assert.Null(result.Exception);
        return new Generated(
            updated,
            result.GeneratedSources.ToDictionary(static source => source.HintName, static source => source.SourceText.ToString(), StringComparer.Ordinal),
            updated.GetDiagnostics())
        {
            _trees = [.. result.GeneratedSources.Select(static source => source.SyntaxTree)],
        };
    }

    /// <summary>Runs the generator on sources.</summary>
    public static Generated Of(params string[] sources) => Of(Compilations.Of(sources));

    /// <summary>The generator, ready to run; it tells of its steps.</summary>
    public static GeneratorDriver Driver(CSharpCompilation compilation) => CSharpGeneratorDriver.Create(
        [new RemoteFunctionGenerator().AsSourceGenerator()],
        parseOptions: (CSharpParseOptions)compilation.SyntaxTrees[0].Options,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
}
