using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using Eformer.Pool.Functions;
using Eformer.Pool.Generators.Tests.Support;
using Microsoft.CodeAnalysis;

namespace Eformer.Pool.Generators.Tests;

/// <summary>
/// What past versions made still compiles and works with the runtime as it is now: users' assemblies are not built anew for it.
/// A folder of PastProxies is never edited. Each version whose code looks different adds one: <c>EFORMER_UPDATE_SNAPSHOTS=1</c> fills a
/// folder that has no generated code yet.
/// </summary>
public sealed class PastProxyTests
{
    private static readonly string s_folder = Path.Combine(Repository.Tests, "PastProxies");

    public static TheoryData<string> Versions => [.. Directory.EnumerateDirectories(s_folder).Select(static path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Versions))]
    public void It_still_compiles(string version) =>
        Assert.DoesNotContain(Compile(version).GetDiagnostics(TestContext.Current.CancellationToken), static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task It_still_works(string version)
    {
        using MemoryStream image = new();
        Assert.True(Compile(version).Emit(image, cancellationToken: TestContext.Current.CancellationToken).Success);
        image.Position = 0;
        AssemblyLoadContext context = new(version, isCollectible: true);
        Assembly assembly = context.LoadFromStream(image);
        var calls = (IReadOnlyList<KeyValuePair<RemoteRequest, string[]>>)assembly.GetType("Acme.Scenario")!.GetProperty("Calls")!.GetValue(null)!;
        Assert.True(calls.Count >= 5);
        foreach ((RemoteRequest request, string[] expected) in calls)
        {
            Assert.Equal(expected, await RunAsync(assembly, request));
        }

        context.Unload();
    }

    private static async Task<string[]> RunAsync(Assembly assembly, RemoteRequest request)
    {
        RemoteCall call = RemoteCall.Of(request);
        FakeInvocation host = new();
        await Calls.Read(assembly, call.Function, call.Arguments[1..]).InvokeAsync(host);
        return [.. host.Values.Select(static record => Encoding.UTF8.GetString(record.AsSpan(1)))];
    }

    private static Compilation Compile(string version)
    {
        string folder = Path.Combine(s_folder, version);
        string[] sources = [.. Directory.EnumerateFiles(folder, "*.cs").Order(StringComparer.Ordinal).Select(File.ReadAllText)];
        Compilation compilation = Compilations.Of(Compilations.ParseOptions, "Past", [.. sources, Compilations.PowerShell]);
        if (Directory.EnumerateFiles(folder, "*.g.cs").Any() || Environment.GetEnvironmentVariable("EFORMER_UPDATE_SNAPSHOTS") != "1")
        {
            return compilation;
        }

        Generated generated = Generated.Of((Microsoft.CodeAnalysis.CSharp.CSharpCompilation)compilation);
        foreach ((string name, string text) in generated.Files)
        {
            File.WriteAllText(Path.Combine(folder, name), text);
        }

        return generated.Compilation;
    }
}
