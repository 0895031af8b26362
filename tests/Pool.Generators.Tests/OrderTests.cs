using Eformer.Pool.Generators.Tests.Support;

namespace Eformer.Pool.Generators.Tests;

/// <summary>What is made does not depend on the order in which it was written.</summary>
public sealed class OrderTests
{
    private const string First = """
        namespace Acme { public static partial class A { [RemoteFunction] public static int Over(int a) => a; [RemoteFunction] public static void Z() { } } }
        """;

    private const string Second = """
        namespace Acme { public static partial class A { [RemoteFunction(Name = "other")] public static string Over(string a) => a; } }
        """;

    private const string Third = """
        namespace Acme { public static partial class B { [RemoteFunction] public static void F() { } } public enum E { Y, X } public record R(E Value, Q Q); public record Q; }
        namespace Acme { public static partial class A { [RemoteFunction] public static E G(R r) => r.Value; } }
        """;

    [Fact]
    public void Files_may_be_compiled_in_any_order()
    {
        IReadOnlyDictionary<string, string> files = Generated.Of(First, Second, Third).Files;
        Assert.Equal(3, files.Count);
        Assert.Equal(files, Generated.Of(Third, First, Second).Files);
        Assert.Equal(files, Generated.Of(Second, Third, First).Files);
    }

    [Fact]
    public void The_same_functions_give_the_same_text_every_time() =>
        Assert.Equal(Generated.Of(Sample.Many(50)).Files, Generated.Of(Sample.Many(50)).Files);
}
