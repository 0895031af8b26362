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
