using System.Collections.Immutable;
using Eformer.Pool.Generators.Analyzers;
using Eformer.Pool.Generators.Tests.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Eformer.Pool.Generators.Tests;

/// <summary>Every wrong declaration has its rule, and what is right has none. Nothing wrong leads to an error in code that the user did not write.</summary>
public sealed class DiagnosticTests
{
    public static TheoryData<int> Cases => [.. Enumerable.Range(0, WrongDeclarations.All.Count)];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task What_is_wrong_is_reported_where_it_is(int index)
    {
        WrongDeclaration declaration = WrongDeclarations.All[index];
        ImmutableArray<Diagnostic> diagnostics = await Analysis.RunAsync(Sources(declaration, declaration.Wrong));
        Assert.Equal([declaration.Id], diagnostics.Select(static diagnostic => diagnostic.Id).Distinct());
        Assert.All(diagnostics, static diagnostic => Assert.Equal("Source0.cs", diagnostic.Location.SourceTree?.FilePath));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_is_wrong_gives_no_error_in_generated_code(int index)
    {
        WrongDeclaration declaration = WrongDeclarations.All[index];
        Generated generated = Generated.Of(Sources(declaration, declaration.Wrong));
        Assert.Empty(generated.OfGeneratedCode);
        Assert.Equal(declaration.IsErrorAnyway, generated.Diagnostics.Any(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task What_is_right_is_not_reported_and_gives_code_that_compiles(int index)
    {
        WrongDeclaration declaration = WrongDeclarations.All[index];
        Assert.Empty(await Analysis.RunAsync(Sources(declaration, declaration.Right)));
        Generated generated = Generated.Of(Sources(declaration, declaration.Right));
        Assert.NotEmpty(generated.Files);
        Assert.DoesNotContain(generated.Diagnostics, static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.Empty(generated.OfGeneratedCode);
    }

    [Fact]
    public async Task An_old_language_version_is_reported_and_nothing_is_made()
    {
        const string Source = "public partial class C { [Eformer.Pool.RemoteFunction] public static void F() { } }";
        CSharpParseOptions options = new(LanguageVersion.CSharp11);
        Assert.Equal("EFP0026", Assert.Single(await Analysis.RunAsync(Compilations.Of(options, "Old", Source))).Id);
        Assert.Empty(Generated.Of(Compilations.Of(options, "Old", Source)).Files);
    }

    [Fact]
    public void Every_rule_about_declarations_has_a_case()
    {
        string[] elsewhere = ["EFP0019", "EFP0020", "EFP0021", "EFP0026"];
        IEnumerable<string> rules = new FunctionAnalyzer().SupportedDiagnostics.Select(static rule => rule.Id);
        Assert.Equal(rules.Except(elsewhere).Order(), WrongDeclarations.All.Select(static declaration => declaration.Id).Distinct().Order());
    }

    [Theory]
    [InlineData("[RemoteFunction] public static void F(Missing value) { }")]
    [InlineData("[RemoteFunction] public static Missing F() => default;")]
    [InlineData("[RemoteFunction] public static Task<List<Missing>> F(CancellationToken ct) => default;")]
    [InlineData("[RemoteFunction] public static void F() { } [RemoteFunction] public static void F() { }")]
    [InlineData("[RemoteFunction] public static void F(int a, int a) { }")]
    [InlineData("[RemoteFunction(Cmdlet = Missing, Name = Missing, JsonContext = typeof(Missing))] public static void F() { }")]
    [InlineData("[RemoteFunction(Cmdlet = 1)] public static void F() { }")]
    [InlineData("private record R; [RemoteFunction] public static void F(R value) { }")]
    [InlineData("[RemoteFunction] public static void (int value) { }")]
    [InlineData("[RemoteFunction] public static void F(int value = ) { }")]
    [InlineData("[RemoteFunction] [RemoteFunction] public static void F() { }")]
    [InlineData("[RemoteFunction] public static int F(int value")]
    [InlineData("[RemoteFunction] public static void F(int a = 1, int b) { }")]
    [InlineData("[RemoteFunction] public static void F(string s = 1) { }")]
    public void What_the_compiler_is_against_gives_no_error_in_generated_code(string member)
    {
        Generated generated = Generated.Of($"public partial class C {{ {member} }}", Compilations.PowerShell);
        Assert.Contains(generated.Diagnostics, static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.Empty(generated.OfGeneratedCode);
    }

    [Theory]
    [InlineData("[System.Diagnostics.CodeAnalysis.Experimental(\"X001\")] public static partial class C { [RemoteFunction] public static void F() { } }")]
    [InlineData("public static partial class C { [System.Diagnostics.CodeAnalysis.Experimental(\"X001\"), RemoteFunction] public static int F() => 1; }")]
    [InlineData("[Obsolete] public record R; public static partial class C { [Obsolete, RemoteFunction(Cmdlet = \"Get-R\")] public static R F(R r) => r; }")]
    [InlineData("public class B { public static int OnEachHost => 1; } public partial class C : B { [RemoteFunction] public static void F() { } }")]
    public void What_users_are_warned_of_is_not_said_of_generated_code(string source)
    {
        Generated generated = Generated.Of(source, Compilations.PowerShell);
        Assert.NotEmpty(generated.Files);
        Assert.Empty(generated.OfGeneratedCode);
    }

    private static string[] Sources(WrongDeclaration declaration, string source) => declaration.HasPowerShell ? [source, Compilations.PowerShell] : [source];
}
