using Eformer.Pool.HostWorker.Engines;
using Eformer.Pool.HostWorker.Tests.Support;

namespace Eformer.Pool.HostWorker.Tests.Engines;

public sealed class EngineLocatorTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ef-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Pwsh_on_the_path_is_found_through_links()
    {
        string home = MakePwsh("opt");
        string bin = _folder.CreateSubdirectory("bin").FullName;
        string hop = Path.Combine(_folder.FullName, "hop");
        File.CreateSymbolicLink(hop, Path.Combine(home, "pwsh"));
        File.CreateSymbolicLink(Path.Combine(bin, "pwsh"), hop);
        EngineInfo engine = EngineLocator.Locate(EngineChoice.Auto, searchPath: $"/nowhere:{bin}");
        Assert.Equal((EngineKind.Pwsh, home), (engine.Kind, engine.Folder));
        Assert.Equal($"pwsh {HostProgram.Embedded.Version}", engine.Description);
    }

    [Fact]
    public void A_pwsh_on_the_path_that_holds_no_engine_is_passed_over()
    {
        string empty = _folder.CreateSubdirectory("empty").FullName;
        File.WriteAllText(Path.Combine(empty, "pwsh"), "");
        string home = MakePwsh("opt");
        Assert.Equal(home, EngineLocator.Locate(EngineChoice.Pwsh, searchPath: $"{empty}:{home}").Folder);
    }

    [Fact]
    public void A_demanded_pwsh_that_is_not_there_is_a_clear_error()
    {
        SlicePoolException error = Assert.Throws<SlicePoolException>(() => EngineLocator.Locate(EngineChoice.Pwsh, searchPath: "/nowhere"));
        Assert.Equal("EngineNotFound", error.ErrorId);
        Assert.Contains("no pwsh on the path", error.Message, StringComparison.Ordinal);
        Assert.Contains("7.6", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void A_named_folder_without_pwsh_is_an_error_even_when_any_engine_would_do()
    {
        SlicePoolException error = Assert.Throws<SlicePoolException>(() => EngineLocator.Locate(EngineChoice.Auto, _folder.FullName));
        Assert.Contains(_folder.FullName, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pwsh_for_a_later_runtime_is_not_taken()
    {
        string home = MakePwsh("opt");
        File.WriteAllText(Path.Combine(home, "pwsh.runtimeconfig.json"), """{ "runtimeOptions": { "tfm": "net99.0" } }""");
        SlicePoolException error = Assert.Throws<SlicePoolException>(() => EngineLocator.Locate(EngineChoice.Pwsh, home));
        Assert.Contains(".NET 99", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pwsh_that_is_too_old_is_not_taken()
    {
        string home = MakePwsh("opt");
        // Any assembly with a lower version will do as an old engine.
        File.Copy(typeof(EngineLocator).Assembly.Location, Path.Combine(home, EngineProbe.EngineFile), overwrite: true);
        SlicePoolException error = Assert.Throws<SlicePoolException>(() => EngineLocator.Locate(EngineChoice.Pwsh, home));
        Assert.Contains("7.6 or later is needed", error.Message, StringComparison.Ordinal);
    }

    private string MakePwsh(string name)
    {
        string home = _folder.CreateSubdirectory(name).FullName;
        File.Copy(Path.Combine(HostProgram.Embedded.Folder, EngineProbe.EngineFile), Path.Combine(home, EngineProbe.EngineFile));
        File.WriteAllText(Path.Combine(home, "pwsh.dll"), "");
        File.WriteAllText(Path.Combine(home, "pwsh"), "");
        return home;
    }
}
