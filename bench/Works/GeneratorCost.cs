using System.Diagnostics;
using System.Runtime.CompilerServices;
using Eformer.Pool.Bench.Measuring;
using Eformer.Pool.Generators;
using Eformer.Pool.Generators.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Eformer.Pool.Bench.Works;

/// <summary>What a thousand remote functions add to a project's build, in a compiler that is warm, as a build server's is.</summary>
internal sealed class GeneratorCost(int repetitions) : IWorks
{
    private const string Unrelated = "internal static class Unrelated { public static int Value => 1; }";
    private readonly MetadataReference[] _references = [.. References().Select(static path => MetadataReference.CreateFromFile(path))];
    private readonly Dictionary<string, Quantity> _parts = [];

    /// <inheritdoc/>
    public IReadOnlyList<Work> Works =>
        [new("generators: added to a clean build of 1,000 functions", OnceAsync) { Reach = 1000, Repetitions = repetitions, Parts = () => _parts }];

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<TimeSpan> OnceAsync()
    {
        CSharpCompilation compilation = Compile();
        TimeSpan without = Time(() => Emit(Compile()));
        GeneratorDriver driver = CSharpGeneratorDriver.Create(new RemoteFunctionGenerator());
        Compilation updated = compilation;
        TimeSpan generating = Time(() => driver = driver.RunGeneratorsAndUpdateCompilation(compilation, out updated, out _));
        TimeSpan emitting = Time(() => Emit(updated));
        TimeSpan analysing = await AnalyseAsync(updated);
        TimeSpan again = Time(() => driver.RunGenerators(compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText(Unrelated))));
        _parts["without generators: parse and compile"] = Quantity.Of(without);
        _parts["generate"] = Quantity.Of(generating);
        _parts["compile with what was generated"] = Quantity.Of(emitting);
        _parts["analyse"] = Quantity.Of(analysing);
        _parts["generate after an unrelated edit"] = Quantity.Of(again);
        return generating + emitting + analysing - without;
    }

    // In a build analysers look while the compiler binds; only what they do themselves is added by them.
    private static async Task<TimeSpan> AnalyseAsync(Compilation compilation)
    {
        CompilationWithAnalyzers analysis = compilation.WithAnalyzers(
            [new FunctionAnalyzer()],
            new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), onAnalyzerException: null, concurrentAnalysis: true, logAnalyzerExecutionTime: true));
        AnalysisResult result = await analysis.GetAnalysisResultAsync(CancellationToken.None);
        return result.GetAllDiagnostics() is [{ } reported, ..]
            ? throw new InvalidOperationException($"The functions are wrong: {reported}.")
            : result.AnalyzerTelemetryInfo.Values.Aggregate(TimeSpan.Zero, static (sum, analyser) => sum + analyser.ExecutionTime);
    }

    // A new one each time: what was bound once is not bound again.
    private CSharpCompilation Compile() => CSharpCompilation.Create(
        "Many",
        [.. ManyFunctions.Files.Select(static file => CSharpSyntaxTree.ParseText(file))],
        _references,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    private static void Emit(Compilation compilation)
    {
        if (compilation.Emit(Stream.Null) is { Success: false } result)
        {
            throw new InvalidOperationException($"The functions do not compile: {result.Diagnostics[0]}.");
        }
    }

    private static TimeSpan Time(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start);
    }

    /// <summary>What such a project is compiled against.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static IEnumerable<string> References() => ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator)
        .Append(typeof(SlicePoolManager).Assembly.Location);
}
