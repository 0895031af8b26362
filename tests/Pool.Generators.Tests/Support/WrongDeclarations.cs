namespace Eformer.Pool.Generators.Tests.Support;

/// <summary>At least one for each rule about declarations.</summary>
internal static class WrongDeclarations
{
    private const string Right = "[RemoteFunction] public static void F() { }";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<WrongDeclaration> All { get; } =
    [
        new("EFP0001", $"public class C {{ {Right} }}", $"public partial class C {{ {Right} }}"),
        new("EFP0001", $"public class O {{ public partial class C {{ {Right} }} }}", $"public partial class O {{ public partial class C {{ {Right} }} }}"),
        InClass("EFP0002", "[RemoteFunction] public void F() { }", Right),
        InClass("EFP0003", "[RemoteFunction] public static void F<T>(T value) { }", "[RemoteFunction] public static void F(int value) { }"),
        new("EFP0003", $"public partial class C<T> {{ {Right} }}", $"public partial class C {{ {Right} }}"),
        new("EFP0003", $"public partial class O<T> {{ public partial class C {{ {Right} }} }}", $"public partial class O {{ public partial class C {{ {Right} }} }}"),
        InClass("EFP0004", "[RemoteFunction] public static void F(ref int value) { }", "[RemoteFunction] public static int F(int value) => value;"),
        InClass("EFP0004", "[RemoteFunction] public static void F(out int value) => value = 1;", "[RemoteFunction] public static int F() => 1;"),
        InClass("EFP0004", "[RemoteFunction] public static void F(in int value) { }", "[RemoteFunction] public static void F(int value) { }"),
        InClass("EFP0004", "[RemoteFunction] public static void F(ref readonly int value) { }", "[RemoteFunction] public static void F(int value) { }"),
        .. Unsupported(
            "object", "dynamic", "System.Action", "System.Span<int>", "nint", "(int, string)", "int[,]", "System.IO.Stream", "System.Type", "Exception",
            "System.Collections.IEnumerable", "System.Collections.ArrayList", "Stack<int>", "IReadOnlySet<int>", "LinkedListNode<int>", "Task<int>", "IAsyncEnumerable<int>",
            "System.Collections.ObjectModel.ReadOnlyCollection<int>", "Dictionary<List<int>, int>", "System.Net.IPAddress", "List<object>", "object[]",
            "Dictionary<string, object>", "System.IO.FileInfo?", "ArraySegment<int>", "HostContext[]", "CancellationToken?", "System.Text.StringBuilder"),
        new("EFP0005", "public class History : Stack<int>; public partial class C { [RemoteFunction] public static void F(History value) { } }",
            "public class CallStacks : List<string>; public partial class C { [RemoteFunction] public static void F(CallStacks value) { } }"),
        InClass("EFP0005", "[RemoteFunction] public static void F(System.Collections.Immutable.ImmutableStack<int> value) { }",
            "[RemoteFunction] public static void F(System.Collections.Immutable.ImmutableQueue<int> value) { }"),
        new("EFP0005", "public abstract class A; public partial class C { [RemoteFunction] public static void F(A value) { } }",
            "public class A; public partial class C { [RemoteFunction] public static void F(A value) { } }"),
        new("EFP0005", "public class A { private A() { } } public partial class C { [RemoteFunction] public static void F(A value) { } }",
            "public class A { private A() { } [System.Text.Json.Serialization.JsonConstructor] internal A(int x) => X = x; public int X { get; } } public partial class C { [RemoteFunction] public static void F(A value) { } }"),
        new("EFP0005", "public class A { public A(int size) { } } public partial class C { [RemoteFunction] public static void F(A value) { } }",
            "public class A { public A(int size) => Size = size; public int Size { get; } } public partial class C { [RemoteFunction] public static void F(A value) { } }"),
        OfType("[System.Text.Json.Serialization.JsonDerivedType(typeof(B))] public abstract class A; public class B : A;",
            "[System.Text.Json.Serialization.JsonDerivedType(typeof(B), 1)] public abstract class A; public class B : A;"),
        OfType("[System.Text.Json.Serialization.JsonDerivedType(typeof(B))] public class A; public class B : A;",
            "[System.Text.Json.Serialization.JsonDerivedType(typeof(A)), System.Text.Json.Serialization.JsonDerivedType(typeof(B), \"b\")] public class A; public class B : A;"),
        OfType("[System.Text.Json.Serialization.JsonPolymorphic] public abstract class A;",
            "[System.Text.Json.Serialization.JsonPolymorphic, System.Text.Json.Serialization.JsonDerivedType(typeof(B), \"b\")] public abstract class A; public class B : A;"),
        OfType("public class A { [System.Text.Json.Serialization.JsonConstructor] public A() { } [System.Text.Json.Serialization.JsonConstructor] public A(int x) => X = x; public int X { get; } }",
            "public class A { public A() { } [System.Text.Json.Serialization.JsonConstructor] public A(int x) => X = x; public int X { get; } }"),
        OfType("public class A { [System.Text.Json.Serialization.JsonConstructor] private A() { } [System.Text.Json.Serialization.JsonConstructor] public A(int x) => X = x; public int X { get; } }",
            "public class A { private A() { } [System.Text.Json.Serialization.JsonConstructor] public A(int x) => X = x; public int X { get; } }"),
        OfType("public class A { [System.Text.Json.Serialization.JsonPropertyName(\"n\")] public int X { get; set; } [System.Text.Json.Serialization.JsonPropertyName(\"n\")] public int Y { get; set; } }",
            "public class A { [System.Text.Json.Serialization.JsonPropertyName(\"n\")] public int X { get; set; } [System.Text.Json.Serialization.JsonPropertyName(\"N\")] public int Y { get; set; } }"),
        OfType("public class A { public int X { get; set; } [System.Text.Json.Serialization.JsonPropertyName(\"X\")] public int Twice => 2 * X; }",
            "public class A { public int X { get; set; } [System.Text.Json.Serialization.JsonPropertyName(\"X\"), System.Text.Json.Serialization.JsonIgnore] public int Twice => 2 * X; }"),
        OfType("public class B { public int X { get; set; } } public class A : B { [System.Text.Json.Serialization.JsonPropertyName(\"X\")] public int Y { get; set; } }",
            "public class B { public int X { get; set; } } public class A : B { public new int X { get; set; } }"),
        OfEnum("[Named(\"\")] One, Two", "[Named(\"one\")] One, Two"),
        OfEnum("[Named(null!)] One, Two", "[Named(\"1\")] One, Two"),
        OfEnum("[Named(\" \")] One, Two", "[Named(\"o n e\")] One, Two"),
        OfEnum("[Named(\"one \")] One, Two", "[Named(\"one\")] One, Two"),
        OfEnum("[Named(\"x\")] One, [Named(\"x\")] Two", "[Named(\"x\")] One, [Named(\"X\")] Two"),
        OfEnum("[Named(\"Two\")] One, Two", "[Named(\"Two\")] One, [Named(\"One\")] Two"),
        OfEnum("[Named(\"x\")] One, [Named(\"x\")] Two", "[Named(\"x\")] One = 1, [Named(\"x\")] Two = 1"),
        OfEnum("[Named(\"a,b\")] One = 1, Two = 2", "[Named(\"a\")] One = 1, Two = 2", "[System.Flags] "),
        OfType("public class A { [System.Text.Json.Serialization.JsonPropertyName(\"b\")] public int X { get; set; } public int b { get; set; } }",
            "public class A { [System.Text.Json.Serialization.JsonPropertyName(\"b\")] public int X { get; set; } public int B { get; set; } }"),
        OfType("public class A : List<int> { public string? Name { get; set; } }",
            "public class A : List<int> { [System.Text.Json.Serialization.JsonIgnore] public string? Name { get; set; } public int Size => Count; }"),
        OfType("public class A : Dictionary<string, int> { public string? Name { get; set; } }", "public class A : Dictionary<string, int>;"),
        new("EFP0005", "public partial class C { [RemoteFunction] public static unsafe void F(int* value) { } }", $"public partial class C {{ {Right} }}") { IsErrorAnyway = true },
        InClass("EFP0005", "[RemoteFunction] public static void F(IProgress<object> value) { }", "[RemoteFunction] public static void F(IProgress<string> value) { }"),
        InClass("EFP0006", "[RemoteFunction] public static async void F() => await Task.Yield();",
            "[RemoteFunction] public static async Task F(CancellationToken ct) => await Task.Yield();"),
        InClass("EFP0006", "[RemoteFunction] public static partial void F(); public static async partial void F() => await Task.Yield();",
            "[RemoteFunction] public static partial Task F(CancellationToken ct); public static async partial Task F(CancellationToken ct) => await Task.Yield();"),
        InClass("EFP0006", "private static int s_value; [RemoteFunction] public static ref int F() => ref s_value;",
            "private static int s_value; [RemoteFunction] public static int F() => s_value;"),
        InClass("EFP0006", "[RemoteFunction] public static Task<Task> F(CancellationToken ct) => Task.FromResult(Task.CompletedTask);",
            "[RemoteFunction] public static Task F(CancellationToken ct) => Task.CompletedTask;"),
        InClass("EFP0006", "[RemoteFunction] public static Task<IAsyncEnumerable<int>> F(CancellationToken ct) => throw new Exception();",
            "[RemoteFunction] public static IAsyncEnumerable<int> F(CancellationToken ct) => throw new Exception();"),
        new("EFP0006", "public class T() : Task(static () => { }); public partial class C { [RemoteFunction] public static T F() => new(); }",
            "public partial class C { [RemoteFunction] public static Task F(CancellationToken ct) => Task.CompletedTask; }"),
        InClass("EFP0006", "[RemoteFunction] public static Func<int> F() => () => 1;", "[RemoteFunction] public static int F() => 1;"),
        InClass("EFP0006", "[RemoteFunction] public static IAsyncEnumerable<object> F(CancellationToken ct) => throw new Exception();",
            "[RemoteFunction] public static IAsyncEnumerable<string> F(CancellationToken ct) => throw new Exception();"),
        InClass("EFP0007", "[RemoteFunction] public static int F(int a) => a; [RemoteFunction] public static int F(string a) => 1;",
            "[RemoteFunction] public static int F(int a) => a; [RemoteFunction(Name = \"other\")] public static int F(string a) => 1;"),
        new("EFP0007", $"public partial class C {{ {Right} }} public partial class D {{ [RemoteFunction(Name = \"C.F\")] public static void F() {{ }} }}",
            $"public partial class C {{ {Right} }} public partial class D {{ {Right} }}"),
        InClass("EFP0008", "[RemoteFunction] public static Task F() => Task.CompletedTask;", "[RemoteFunction] public static Task F(CancellationToken ct) => Task.CompletedTask;"),
        InClass("EFP0008", "[RemoteFunction] public static async IAsyncEnumerable<int> F() { await Task.Yield(); yield return 1; }",
            "[RemoteFunction] public static IEnumerable<int> F() { yield return 1; }"),
        InClass("EFP0009", "[RemoteFunction] public static void F(CancellationToken ct, int value) { }", "[RemoteFunction] public static void F(int value, CancellationToken ct) { }"),
        InClass("EFP0010", "[RemoteFunction] public static void F(HostContext a, HostContext b) { }", "[RemoteFunction] public static void F(HostContext a) { }"),
        InClass("EFP0010", "[RemoteFunction] public static void F(IProgress<int> a, IProgress<string> b) { }", "[RemoteFunction] public static void F(IProgress<int> a) { }"),
        InClass("EFP0011", "[RemoteFunction] private static void F() { }", "[RemoteFunction] internal static void F() { }"),
        InClass("EFP0011", "[RemoteFunction] protected static void F() { }", "[RemoteFunction] protected internal static void F() { }"),
        new("EFP0011", $"public partial class O {{ partial class C {{ {Right} }} }}", $"public partial class O {{ internal partial class C {{ {Right} }} }}"),
        .. Members(
            ("public Action? A { get; set; }", "[System.Text.Json.Serialization.JsonIgnore] public Action? A { get; set; }"),
            ("public object? A { get; set; }", "public string? A { get; set; }"),
            ("public int A;", "[System.Text.Json.Serialization.JsonInclude] public int A;"),
            ("public List<int> A { get; } = new();", "public List<int> A { get; init; } = new();"),
            ("public int A { get; private set; }", "public int A => 1;"),
            ("public B? A { get; set; } public class B { public B(int x) { } }", "public B? A { get; set; } public class B { public B(int x) => X = x; public int X { get; } }"),
            ("public O<int>.I? A { get; set; } public O<Action>.I? B { get; set; } public class O<T> { public class I { public T? V { get; set; } } }",
                "public O<int>.I? A { get; set; } public O<string>.I? B { get; set; } public class O<T> { public class I { public T? V { get; set; } } }"),
            ("[System.Text.Json.Serialization.JsonIgnore] public required int A { get; set; }", "[System.Text.Json.Serialization.JsonIgnore] public int A { get; set; }"),
            ("public Func<int> A => () => 1;", "public object A => 1;"),
            ("public Type A => GetType();", "[System.Text.Json.Serialization.JsonIgnore] public Type A => GetType();"),
            ("[System.Text.Json.Serialization.JsonObjectCreationHandling(System.Text.Json.Serialization.JsonObjectCreationHandling.Replace)] public List<int> A { get; } = new();",
                "[System.Text.Json.Serialization.JsonObjectCreationHandling(System.Text.Json.Serialization.JsonObjectCreationHandling.Populate)] public List<int> A { get; } = new();"),
            ("public List<(int, int)>? A { get; set; }", "public List<B>? A { get; set; } public record struct B(int X, int Y);"),
            ("public D<int>? A { get; set; } public class D<T> { public D<D<T>>? Next { get; set; } }", "public D<int>? A { get; set; } public class D<T> { public D<T>? Next { get; set; } }")),
        new("EFP0013", "public class J; public partial class C { [RemoteFunction(JsonContext = typeof(J))] public static void F() { } }", $"public class J; public partial class C {{ {Right} }}"),
        new("EFP0013", "public class J : System.Text.Json.Serialization.JsonSerializerContext; public partial class C { [RemoteFunction(JsonContext = typeof(J))] public static void F() { } }",
            $"public partial class C {{ {Right} }}") { IsErrorAnyway = true },
        InClass("EFP0014", "[RemoteFunction(Cmdlet = \"Training\")] public static void F() { }", "[RemoteFunction(Cmdlet = \"Invoke-Training\")] public static void F() { }"),
        InClass("EFP0014", "[RemoteFunction(Cmdlet = \"Invoke-My-Training\")] public static void F() { }", "[RemoteFunction(Cmdlet = \"Invoke-MyTraining2\")] public static void F() { }"),
        InClass("EFP0014", "[RemoteFunction(Cmdlet = \"\")] public static void F() { }", Right),
        InClass("EFP0015", "[RemoteFunction(Cmdlet = \"Train-Model\")] public static void F() { }", "[RemoteFunction(Cmdlet = \"convertto-Model\")] public static void F() { }"),
        InClass("EFP0016", "[RemoteFunction(Cmdlet = \"Get-A\")] public static void F() { } [RemoteFunction(Cmdlet = \"get-a\")] public static void G() { }",
            "[RemoteFunction(Cmdlet = \"Get-A\")] public static void F() { } [RemoteFunction(Cmdlet = \"Get-B\")] public static void G() { }"),
        InClass("EFP0017", "[RemoteFunction(Cmdlet = \"Get-A\")] public static void F(int pool) { }", "[RemoteFunction] public static void F(int pool) { }"),
        InClass("EFP0017", "[RemoteFunction(Cmdlet = \"Get-A\")] public static void F(int verbose) { }", "[RemoteFunction(Cmdlet = \"Get-A\")] public static void F(int verbosity) { }"),
        InClass("EFP0017", "[RemoteFunction(Cmdlet = \"Get-A\")] public static void F(int value, int Value) { }", "[RemoteFunction(Cmdlet = \"Get-A\")] public static void F(int value, int host) { }"),
        InClass("EFP0017", "[RemoteFunction(Cmdlet = \"Get-A\")] public static void F(int getACommand) { }", "[RemoteFunction(Cmdlet = \"Get-A\")] public static void F(int stopping) { }"),
        InClass("EFP0018", "[RemoteFunction(Cmdlet = \"Get-A\")] public static void F() { }", Right) with { HasPowerShell = false },
        InClass("EFP0022", "[RemoteFunction(Name = \"\")] public static void F() { }", "[RemoteFunction(Name = \"f-2.b_c\")] public static void F() { }"),
        InClass("EFP0022", "[RemoteFunction(Name = \"a b\\n\")] public static void F() { }", "[RemoteFunction(Name = \"ä\")] public static void F() { }"),
        InClass("EFP0023", $"public static int Schedule => 1; {Right}", $"public static int Scheduled => 1; {Right}"),
        InClass("EFP0023", "[RemoteFunction] public static void Attach() { }", "[RemoteFunction] public static void Attached() { }"),
        InClass("EFP0023", $"private sealed class __F; {Right}", $"private sealed class __G; {Right}"),
        InClass("EFP0023", $"private sealed class __F_2; {Right}", $"private sealed class F_2; {Right}"),
        new("EFP0023", $"public partial class OnEachHost {{ {Right} }}", $"public partial class OnEachHosts {{ {Right} }}"),
        InClass("EFP0024", "[RemoteFunction] public static void F(int a) { } [RemoteFunction(Name = \"b\")] public static void F(int a, HostContext host) { }",
            "[RemoteFunction] public static void F(int a) { } [RemoteFunction(Name = \"b\")] public static void F(int? a, HostContext host) { }"),
        new("EFP0025", "internal record R; public partial class C { [RemoteFunction(Cmdlet = \"Get-A\")] internal static void F(R r) { } }",
            "public record R; public partial class C { [RemoteFunction(Cmdlet = \"Get-A\")] internal static void F(R r) { } }"),
        InClass("EFP0027", $"[Obsolete(\"no\", true)] {Right}", $"[Obsolete(\"no\")] {Right}"),
        InClass("EFP0028", "public static void G() { [RemoteFunction] static void F() { } F(); }", Right),
        InClass("EFP0028", "public static void G() { Action a = [RemoteFunction] () => { }; a(); }", Right),
        InClass("EFP0028", "public static int P { [RemoteFunction] get => 1; }", Right),
        InClass("EFP0028", "[RemoteFunction] public static C operator +(C a, C b) => a;", Right),
        InClass("EFP0028", $"[System.Diagnostics.Conditional(\"DEBUG\")] {Right}", Right),
        new("EFP0028", "public partial interface I { [RemoteFunction] static abstract void F(); }", $"public partial interface I {{ {Right} }}"),
        new("EFP0028", "public partial interface I { [RemoteFunction] public static virtual int F(int x) => x; }", $"public partial interface I {{ {Right} }}"),
    ];

    private static WrongDeclaration InClass(string id, string wrong, string right) => new(id, $"public partial class C {{ {wrong} }}", $"public partial class C {{ {right} }}");

    private static WrongDeclaration OfType(string wrong, string right)
    {
        const string Function = " public partial class C { [RemoteFunction] public static void F(A value) { } }";
        return new("EFP0005", wrong + Function, right + Function);
    }

    private static WrongDeclaration OfEnum(string wrong, string right, string attributes = "")
    {
        return OfType(Declaration(wrong), Declaration(right));

        string Declaration(string values) =>
            $"{attributes}public enum A {{ {values.Replace("Named(", "System.Text.Json.Serialization.JsonStringEnumMemberName(", StringComparison.Ordinal)} }}";
    }

    private static IEnumerable<WrongDeclaration> Unsupported(params string[] types) => types.Select(static type =>
        InClass("EFP0005", $"[RemoteFunction] public static void F({type} value) {{ }}", "[RemoteFunction] public static void F(List<KeyValuePair<Guid, Dictionary<DateOnly, byte[]>>>? value) { }"));

    private static IEnumerable<WrongDeclaration> Members(params (string Wrong, string Right)[] members) => members.Select(static member => new WrongDeclaration(
        "EFP0012",
        $"public sealed class R {{ {member.Wrong} }} public partial class C {{ [RemoteFunction] public static void F(R value) {{ }} }}",
        $"public sealed class R {{ {member.Right} }} public partial class C {{ [RemoteFunction] public static void F(R value) {{ }} }}"));
}
