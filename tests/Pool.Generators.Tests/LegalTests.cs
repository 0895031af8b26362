using System.Text.RegularExpressions;
using Eformer.Pool.Generators.Tests.Support;
using Microsoft.CodeAnalysis;

namespace Eformer.Pool.Generators.Tests;

/// <summary>What neither C# nor a rule is against, however odd it is: nothing is said of it, and what is made of it compiles.</summary>
public sealed class LegalTests
{
    [Theory]
    [InlineData("[RemoteFunction] public static int F(int x) => F<int>(x); private static int F<T>(int x) => x;")]
    [InlineData("[RemoteFunction] public static int F(int x) => x; private static int F(ref int x) => x;")]
    [InlineData("[RemoteFunction] public static int F(int x) => x; public static int F(out int x) => x = 1;")]
    [InlineData("[RemoteFunction] public static int F(int x) => x; public static int F(in int x) => x;")]
    public Task A_function_may_have_overloads_that_are_none(string members) => AssertMade(members);

    [Theory]
    [InlineData("[RemoteFunction] public static partial int F(int x = 5); public static partial int F(int x) => x;")]
    [InlineData("public static partial int F(int x = 5); [RemoteFunction] public static partial int F(int x) => x;")]
    [InlineData("public static partial int F(int x) => x; [RemoteFunction] public static partial int F(int x = 5);")]
    public async Task A_partial_function_has_the_default_values_of_its_part_without_a_body(string members)
    {
        Generated generated = await AssertMade(members);
        Assert.Contains(" F(int x = 5, ", generated.Text, StringComparison.Ordinal);
        Assert.Contains("argument x: int optional", generated.Text, StringComparison.Ordinal);
    }

    [Fact]
    public Task A_converter_may_be_named_by_an_attribute_of_the_user_s_own() => AssertMade("""
        public sealed class ReadByAttribute : System.Text.Json.Serialization.JsonConverterAttribute;
        [ReadBy] public sealed class A { private A() { } }
        public sealed class B { [ReadBy] public object? Value { get; set; } }
        [RemoteFunction] public static A F(A a, B b) => a;
        """);

    [Theory]
    [InlineData("[RemoteFunction] public static int F(string TheContract) => 1;")]
    [InlineData("[RemoteFunction] public static int f(int _f) => 1;")]
    [InlineData("[RemoteFunction] public static int F(int __F, int C, int Json, int Read, int value0, int argument_x, int x) => 1;")]
    public Task Parameters_may_be_called_as_what_is_made_is(string members) => AssertMade(members);

    [Theory]
    [InlineData("Token")]
    [InlineData("Token?")]
    [InlineData("Reader?")]
    [InlineData("Reader?[]?[]")]
    [InlineData("Task")]
    [InlineData("RunHandle<RunHandle<int?>>")]
    [InlineData("IReadOnlyDictionary<string, List<Json?>?>")]
    public Task Types_may_be_called_as_what_calls_use_and_be_converted_to_it(string type) => AssertMade($$"""
        public record struct Token(int A) { public static implicit operator CancellationToken(Token token) => default; }
        public record Reader(int A)
        {
            public static implicit operator Eformer.Pool.Functions.RemoteContract?(Reader reader) => null;
            public static implicit operator System.Text.Json.Serialization.Metadata.JsonTypeInfo<int>?(Reader reader) => null;
        }

        public record Task(int A);
        public record RunHandle<T>(T A);
        public record Json(int A);
        [RemoteFunction(Cmdlet = "Get-A")] public static {{type}} CallOnHostsAsync({{type}} Json, IProgress<{{type}}> ct) => Json;
        [RemoteFunction] public static System.Threading.Tasks.Task<{{type}}> AttachAsync({{type}} @base, {{type}} runId = default!, CancellationToken arguments = default) => throw new Exception();
        [RemoteFunction(Cmdlet = "Get-C")] public static IAsyncEnumerable<{{type}}> Take({{type}} TheContract, IProgress<{{type}}> @this, CancellationToken options) => throw new Exception();
        """);

    [Theory]
    [InlineData("E x = E.Least")]
    [InlineData("E? x = E.Least")]
    [InlineData("E x = (E)7")]
    [InlineData("sbyte x = sbyte.MinValue")]
    [InlineData("byte? x = 255")]
    [InlineData("double x = -0.0")]
    [InlineData("float? x = float.NaN")]
    [InlineData("decimal? x = decimal.MinValue")]
    [InlineData("char x = '\\uD800'")]
    [InlineData("string x = \"\\0\\u2028\\uD800\"")]
    [InlineData("string x = null!")]
    [InlineData("S? x = default")]
    [InlineData("List<int>? x = null")]
    public Task Default_values_may_be_of_any_kind(string parameter) =>
        AssertMade($"public enum E : long {{ Least = long.MinValue }} public record struct S(int A); [RemoteFunction(Cmdlet = \"Get-A\")] public static int F({parameter}) => 1;");

    [Fact]
    public async Task Cmdlets_may_be_one_word()
    {
        Generated generated = await AssertMade("""
            [RemoteFunction(Cmdlet = "ConvertTo-Csv2")] public static int F(int x) => 1;
            [RemoteFunction(Cmdlet = "Convert-ToCsv2")] public static int G(int x) => 1;
            """);
        Assert.Contains("public sealed class ConvertToCsv2Command :", generated.Files["Cmdlet-ConvertTo-Csv2.g.cs"], StringComparison.Ordinal);
        Assert.Contains("public sealed class ConvertToCsv2Command_2 :", generated.Files["Cmdlet-Convert-ToCsv2.g.cs"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_default_value_that_C_sharp_cannot_write_is_none()
    {
        const string Attributes = "System.Runtime.InteropServices.Optional, System.Runtime.CompilerServices.DateTimeConstant(630822816000000000L)";
        Generated generated = await AssertMade($"[RemoteFunction(Cmdlet = \"Get-A\")] public static int F([{Attributes}] DateTime x, int y = 1) => 1;");
        Assert.Contains(" F(global::System.DateTime x, int y = 1, ", generated.Text, StringComparison.Ordinal);
        Assert.Contains("argument x: System.DateTime\n", generated.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Overloads_that_are_read_differently_have_attachers_of_their_own()
    {
        Generated generated = await AssertMade("""
            public class J : System.Text.Json.Serialization.JsonSerializerContext
            {
                public static J Default => null!;
                public J() : base(null) { }
                protected override System.Text.Json.JsonSerializerOptions? GeneratedSerializerOptions => null;
                public override System.Text.Json.Serialization.Metadata.JsonTypeInfo? GetTypeInfo(Type type) => null;
            }

            public record R(int A);
            [RemoteFunction] public static R F(int a) => new(a);
            [RemoteFunction(Name = "b", JsonContext = typeof(J))] public static R F(string a) => new(1);
            [RemoteFunction(Name = "c")] public static R F(long a) => new(1);
            """);
        string attach = generated.Text.Split("class AttachProxy")[1].Split("class __F")[0];
        Assert.Equal(2, attach.Split("RunHandle<global::C.R>>").Length - 1);
        Assert.Equal("Json", JsonOfAttacher("F"));
        Assert.Equal("Json_C_dJ", JsonOfAttacher("F_2"));

        string JsonOfAttacher(string name)
        {
            string request = Regex.Match(attach, $@" {name}\(string runId,[^;]*\.(\w+)\.TheContract").Groups[1].Value;
            return Regex.Match(generated.Text, $@"class {request} [\s\S]*?RemoteFunctions\.(\w+)\);").Groups[1].Value;
        }
    }

    private static async Task<Generated> AssertMade(string members)
    {
        string[] sources = [$"public static partial class C {{ {members} }}", Compilations.PowerShell];
        Assert.Empty(await Analysis.RunAsync(sources));
        Generated generated = Generated.Of(sources);
        Assert.Contains("C.g.cs", generated.Files.Keys);
        Assert.DoesNotContain(generated.Diagnostics, static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.Empty(generated.OfGeneratedCode);
        return generated;
    }
}
