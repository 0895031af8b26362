using System.Collections.Immutable;
using Eformer.Pool.Generators.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Eformer.Pool.Generators.Tests.Support;

/// <summary>Runs the analysers as a build does: on everything, with what was made.</summary>
internal static class Analysis
{
    /// <summary>What they report of sources.</summary>
    public static Task<ImmutableArray<Diagnostic>> RunAsync(params string[] sources) => RunAsync(Compilations.Of(sources));

    /// <summary>What they report of a compilation.</summary>
    public static Task<ImmutableArray<Diagnostic>> RunAsync(CSharpCompilation compilation, params AdditionalText[] files) =>
        Generated.Of(compilation).Compilation
            .WithAnalyzers([new FunctionAnalyzer()], new AnalyzerOptions([.. files]))
            .GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
}
