using Eformer.Pool.Generators.Tests.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Eformer.Pool.Generators.Tests;

/// <summary>What is run again after an edit: nothing that does not have to.</summary>
public sealed class CachingTests
{
    private static readonly CSharpCompilation s_compilation = Compilations.Of(Sample.Functions, Sample.Unrelated, Compilations.PowerShell);

    [Fact]
    public void The_same_again_changes_no_step() => AssertOld(Steps.RunTwice(s_compilation, s_compilation.Clone()));

    [Fact]
    public void An_unrelated_edit_changes_no_step() => AssertOld(Steps.RunTwice(
        s_compilation, Steps.Edit(s_compilation, "Source1.cs", "namespace Acme { public class Another { public string? Text; } }")));

    [Fact]
    public void An_edit_in_a_function_s_body_changes_no_step() => AssertOld(Steps.RunTwice(
        s_compilation, Steps.Edit(s_compilation, "Source0.cs", Sample.Functions.Replace("left + right", "right - left", StringComparison.Ordinal))));

    [Fact]
    public void An_edit_that_moves_functions_changes_no_step() => AssertOld(Steps.RunTwice(
        s_compilation, Steps.Edit(s_compilation, "Source0.cs", "\n\n// moved\n" + Sample.Functions)));

    [Fact]
    public void An_edit_of_a_function_changes_its_class_and_the_table_only()
    {
        GeneratorRunResult result = Steps.RunTwice(
            s_compilation, Steps.Edit(s_compilation, "Source0.cs", Sample.Functions.Replace("int right)", "int other)", StringComparison.Ordinal).Replace("+ right", "+ other", StringComparison.Ordinal)));
        Assert.Equal(
            [(RemoteFunctionGenerator.ClassesStep, 1), (RemoteFunctionGenerator.CmdletsStep, 0), (RemoteFunctionGenerator.FunctionsStep, 1), (RemoteFunctionGenerator.TableStep, 1)],
            Steps.Reasons(result).GroupBy(static step => step.Step, static step => step.Reason)
                .Where(static step => step.Key is not (RemoteFunctionGenerator.SetStep or RemoteFunctionGenerator.AssemblyStep or "SourceOutput"))
                .Select(static step => (step.Key, step.Count(static reason => !Steps.IsOld(reason)))).Order());
        Assert.Equal(2, Steps.Reasons(result).Count(static step => step is { Step: "SourceOutput", Reason: IncrementalStepRunReason.Modified }));
    }

    [Fact]
    public void An_unrelated_edit_among_a_thousand_functions_changes_no_step()
    {
        CSharpCompilation compilation = Compilations.Of(Sample.Many(1000), Sample.Unrelated, Compilations.PowerShell);
        GeneratorRunResult result = Steps.RunTwice(compilation, Steps.Edit(compilation, "Source1.cs", "internal static class Another;"));
        Assert.Equal(1000, result.TrackedSteps[RemoteFunctionGenerator.FunctionsStep].Length);
        Assert.Equal(100 + 1 + 1000, result.GeneratedSources.Length);
        AssertOld(result);
    }

    private static void AssertOld(GeneratorRunResult result)
    {
        Assert.NotEmpty(result.GeneratedSources);
        Assert.All(Steps.Reasons(result), static step => Assert.True(Steps.IsOld(step.Reason), $"{step.Step}: {step.Reason}"));
        Assert.All(
            result.TrackedOutputSteps.SelectMany(static steps => steps.Value).SelectMany(static step => step.Outputs),
            static output => Assert.Equal(IncrementalStepRunReason.Cached, output.Reason));
    }
}
