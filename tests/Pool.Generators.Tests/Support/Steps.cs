using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Eformer.Pool.Generators.Tests.Support;

/// <summary>Runs the generator twice and tells what the second time did.</summary>
internal static class Steps
{
    private static readonly string[] s_own =
    [
        RemoteFunctionGenerator.FunctionsStep, RemoteFunctionGenerator.AssemblyStep, RemoteFunctionGenerator.SetStep,
        RemoteFunctionGenerator.ClassesStep, RemoteFunctionGenerator.TableStep, RemoteFunctionGenerator.CmdletsStep,
    ];

    /// <summary>The result of one run.</summary>
    public static GeneratorRunResult Run(CSharpCompilation compilation) =>
        Generated.Driver(compilation).RunGenerators(compilation).GetRunResult().Results.Single();

    /// <summary>The second run's result.</summary>
    public static GeneratorRunResult RunTwice(CSharpCompilation first, CSharpCompilation second) =>
        Generated.Driver(first).RunGenerators(first).RunGenerators(second).GetRunResult().Results.Single();

    /// <summary>The reasons of all outputs of our own steps, with the step's name.</summary>
    public static IReadOnlyList<(string Step, IncrementalStepRunReason Reason)> Reasons(GeneratorRunResult result) =>
    [
        .. s_own.SelectMany(name => result.TrackedSteps[name].SelectMany(static step => step.Outputs).Select(output => (name, output.Reason))),
        .. result.TrackedOutputSteps.SelectMany(static steps => steps.Value.SelectMany(static step => step.Outputs).Select(output => (steps.Key, output.Reason))),
    ];

    /// <summary>Whether nothing came of it that was not there before.</summary>
    public static bool IsOld(IncrementalStepRunReason reason) => reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged;

    /// <summary>The same compilation with another source in the place of one.</summary>
    public static CSharpCompilation Edit(CSharpCompilation compilation, string path, string source)
    {
        SyntaxTree old = compilation.SyntaxTrees.Single(tree => tree.FilePath == path);
        return compilation.ReplaceSyntaxTree(old, Compilations.Parse(source, (CSharpParseOptions)old.Options, path));
    }
}
