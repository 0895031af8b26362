using Eformer.Pool.Generators.Tests.Support;
using Microsoft.CodeAnalysis;

namespace Eformer.Pool.Generators.Tests;

/// <summary>Each class has a file of its own, whatever it is called; two files of the same name would be an exception in the compiler.</summary>
public sealed class HintNameTests
{
    [Theory]
    [InlineData("namespace N { partial class A { F } partial class a { F } }", 2)]
    [InlineData("namespace N { partial class A { internal partial class B { F } } } namespace N.A2 { partial class B { F } }", 2)]
    [InlineData("namespace N1 { partial class A { F } } namespace N2 { partial class A { F } }", 2)]
    [InlineData("partial class A { F } namespace N { partial class A { F } }", 2)]
    [InlineData("partial class @class { F } partial class @event { F }", 2)]
    [InlineData("partial class Functions { F } partial class Table { F } partial class Functions_Table { F }", 3)]
    [InlineData("partial class Ä { F } partial class ä { F } partial class _x00C4 { F }", 3)]
    [InlineData("partial class A‿B { F } partial class A_x203FB { F }", 2)]
    [InlineData("partial class A { F } partial class A<T> { F } partial class A<T, U> { partial class B { F } }", 1)]
    [InlineData("namespace N { partial class A_B { F } } namespace N.A { partial class B { F } partial struct b { F } partial interface C { partial record D { F } partial record struct d { F } } }", 5)]
    public void Files_do_not_collide(string source, int classes)
    {
        Generated generated = Generated.Of(source.Replace("F ", "[RemoteFunction] public static void F() { } ", StringComparison.Ordinal));
        Assert.Equal(classes + 1, generated.Files.Count);
        Assert.Equal(generated.Files.Count, generated.Files.Keys.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.DoesNotContain(generated.Diagnostics, static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
    }

    [Fact]
    public void Overloads_of_one_class_have_one_file_and_requests_of_their_own()
    {
        Generated generated = Generated.Of("""
            partial class A
            {
                [RemoteFunction] public static int F(int a) => a;
                [RemoteFunction(Name = "b")] public static int F(long a) => 0;
                [RemoteFunction(Name = "c")] public static string F(string a) => a;
                [RemoteFunction(Name = "d")] public static string F_2(string a) => a;
            }
            """);
        Assert.Equal(2, generated.Files.Count);
        Assert.DoesNotContain(generated.Diagnostics, static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.Equal(4, generated.Text.Split("internal sealed class __F").Length - 1);
    }

    [Theory]
    [InlineData("Acme.My-Assembly 2")]
    [InlineData("1")]
    [InlineData("class.event")]
    [InlineData("A..B")]
    public void Any_name_of_an_assembly_will_do(string name)
    {
        Generated generated = Generated.Of(Compilations.Of(Compilations.ParseOptions, name, Sample.Functions, Compilations.PowerShell));
        Assert.DoesNotContain(generated.Diagnostics, static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
    }

    [Fact]
    public void An_assembly_that_sees_the_internals_of_another_has_a_table_of_its_own()
    {
        Generated first = Generated.Of(Compilations.Of(
            Compilations.ParseOptions, "Acme.First", Sample.Functions, "[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"Acme.Second\")]"));
        Generated second = Generated.Of(Compilations.Of(Compilations.ParseOptions, "Acme.Second", "public static partial class C { [RemoteFunction] public static Acme.Mode F() => default; }")
            .AddReferences(first.Compilation.ToMetadataReference()));
        Assert.DoesNotContain(second.Diagnostics, static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.Empty(second.OfGeneratedCode);
    }
}
