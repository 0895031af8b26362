using Acme.Functions;
using Eformer.Pool.Functions;
using Eformer.Pool.HostWorker.Functions;
using Eformer.Pool.HostWorker.Tests.Support;

namespace Eformer.Pool.HostWorker.Tests.Functions;

/// <summary>What the process with the keys knows of the assemblies that it was started with.</summary>
public sealed class InstalledFunctionsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Their_names_are_read_and_nothing_of_theirs_is_loaded_or_runs()
    {
        string path = Builds.CopyTo(_folder.Path, Builds.Current);
        string trace = Builds.Watch(path);
        InstalledFunctions installed = InstalledFunctions.Load([path]);
        Assert.Equal(path, installed.Find("Acme.Twice"));
        Assert.Empty(File.ReadAllText(trace));
        Assert.DoesNotContain(AppDomain.CurrentDomain.GetAssemblies(), loaded => !loaded.IsDynamic && loaded.Location == path);

        // Whoever does load it leaves the trace.
        using FunctionAssembly assembly = FunctionAssembly.Load(path);
        Assert.Equal($"{Environment.ProcessId}\n", File.ReadAllText(trace));
    }

    [Fact]
    public void The_first_assembly_that_has_a_function_is_found()
    {
        InstalledFunctions installed = InstalledFunctions.Load([Builds.Next, Builds.Current]);
        RemoteContract[] contracts = [.. typeof(Remote).GetFields().Select(field => ((Function)field.GetValue(null)!).Contract)];
        Assert.NotEmpty(contracts);
        Assert.All(contracts, contract => Assert.Equal(Builds.Next, installed.Find(contract.Name)));
        Assert.Null(installed.Find("Acme.Gone"));
        Assert.Null(installed.Find(""));
        Assert.Null(InstalledFunctions.None.Find("Acme.Twice"));
    }

    [Fact]
    public void A_file_that_cannot_be_used_is_named_with_the_reason()
    {
        string text = _folder.File("Text.dll");
        File.WriteAllText(text, "this is no assembly");
        string cut = _folder.File("Cut.dll");
        File.WriteAllBytes(cut, File.ReadAllBytes(Builds.Current)[..2000]);
        Assert.Contains(text, Refused(text), StringComparison.Ordinal);
        Assert.Contains(cut, Refused(cut), StringComparison.Ordinal);
        Assert.Contains("Missing.dll", Refused(_folder.File("Missing.dll")), StringComparison.Ordinal);
        Assert.Contains("no remote functions", Refused(Path.Combine(AppContext.BaseDirectory, "Acme.Private.dll")), StringComparison.Ordinal);
    }

    private static string Refused(string path)
    {
        SlicePoolException error = Assert.Throws<SlicePoolException>(() => InstalledFunctions.Load([path]));
        Assert.Equal("AssemblyNotLoadable", error.ErrorId);
        return error.Message;
    }
}
