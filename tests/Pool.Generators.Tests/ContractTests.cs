using Eformer.Pool.Generators.Tests.Support;
using Microsoft.CodeAnalysis;

namespace Eformer.Pool.Generators.Tests;

/// <summary>The contract file: what it should hold, and what is reported when it holds something else.</summary>
public sealed class ContractTests
{
    private const string Source = """
        namespace Acme;

        public sealed record Options(int Steps, string? Name = null);

        public static partial class Training
        {
            [RemoteFunction]
            public static int Train(Options options, int times = 1) => times;

            [RemoteFunction(Name = "stop")]
            public static void Stop() { }
        }
        """;

    private const string Text = """
        # for people
        function Acme.Training.Train
          argument options: Acme.Options
          argument times: int optional
          result: int
          member Acme.Options.Steps: int
          member Acme.Options.Name: string optional

        function stop
          result: void
        """;

    [Fact]
    public async Task The_file_that_says_what_is_so_is_not_reported() => Assert.Empty(await RunAsync(Text));

    [Fact]
    public async Task Blank_lines_comments_and_line_endings_mean_nothing() =>
        Assert.Empty(await RunAsync(Text.ReplaceLineEndings("\r\n").Replace("  result", "\t# and\r\n\r\n  result", StringComparison.Ordinal)));

    [Fact]
    public async Task Without_the_file_nothing_is_reported() => Assert.Empty(await Analysis.RunAsync(Source));

    [Fact]
    public async Task Another_file_is_none() => Assert.Empty(await Analysis.RunAsync(Compilations.Of(Source), new TextFile("/a/Other.txt", "")));

    [Fact]
    public async Task A_function_that_the_file_lacks_is_reported_at_the_function()
    {
        Diagnostic diagnostic = Assert.Single(await RunAsync(Text.Split("function stop")[0]));
        Assert.Equal(("EFP0019", "Source0.cs"), (diagnostic.Id, diagnostic.Location.SourceTree?.FilePath));
        Assert.Contains("'stop'", Message(diagnostic), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Steps: int", "Steps: long", "member Acme.Options.Steps is 'int' in the code and 'long' in the file")]
    [InlineData("times: int optional", "times: int", "argument times is 'int optional' in the code and 'int' in the file")]
    [InlineData("  member Acme.Options.Steps: int\n", "", "member Acme.Options.Steps is not in the file")]
    [InlineData("  result: int\n", "  result: int\n  member Acme.Options.Old: int\n", "member Acme.Options.Old is not in the code")]
    public async Task A_contract_that_was_changed_is_reported_with_the_lines_that_differ(string before, string after, string difference)
    {
        Diagnostic diagnostic = Assert.Single(await RunAsync(Text.ReplaceLineEndings("\n").Replace(before, after, StringComparison.Ordinal)));
        Assert.Equal("EFP0020", diagnostic.Id);
        Assert.EndsWith(": " + difference, Message(diagnostic), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_function_that_is_gone_is_reported_at_its_line()
    {
        Diagnostic diagnostic = Assert.Single(await RunAsync(Text + "\n\nfunction Acme.Gone\n  result: void\n"));
        Assert.Equal("EFP0021", diagnostic.Id);
        Assert.Equal("/a/PoolContracts.txt", diagnostic.Location.GetLineSpan().Path);
        Assert.Equal(Text.ReplaceLineEndings("\n").Split('\n').Length + 1, diagnostic.Location.GetLineSpan().StartLinePosition.Line);
    }

    [Fact]
    public async Task A_function_that_was_renamed_is_reported_on_both_sides() => Assert.Equal(
        ["EFP0019", "EFP0021"], (await RunAsync(Text.Replace("function stop", "function halt", StringComparison.Ordinal))).Select(static diagnostic => diagnostic.Id).Order());

    [Fact]
    public void The_assembly_says_what_the_file_should_hold()
    {
        Generated generated = Generated.Of(Source);
        string contracts = (string)generated.Compilation.Assembly.GetAttributes()
            .Single(static attribute => attribute.AttributeClass?.Name == "RemoteContractsAttribute").ConstructorArguments[0].Value!;
        Assert.EndsWith(Text.ReplaceLineEndings("\n").Split('\n', 2)[1] + "\n", contracts, StringComparison.Ordinal);
    }

    [Fact]
    public void Types_in_generic_ones_are_told_apart()
    {
        string text = Generated.Of("""
            public class Outer<T> { public sealed record Inner(T Value); }
            public static partial class C { [RemoteFunction] public static void F(Outer<int>.Inner a, Outer<string>.Inner b) { } }
            """).Text;
        Assert.All(
            ["argument a: Outer<int>.Inner\n", "argument b: Outer<string>.Inner\n", "member Outer<int>.Inner.Value: int\n", "member Outer<string>.Inner.Value: string"],
            line => Assert.Contains(line, text, StringComparison.Ordinal));
    }

    private static string Message(Diagnostic diagnostic) => diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture);

    private static Task<System.Collections.Immutable.ImmutableArray<Diagnostic>> RunAsync(string file) =>
        Analysis.RunAsync(Compilations.Of(Source), new TextFile("/a/PoolContracts.txt", file));
}
