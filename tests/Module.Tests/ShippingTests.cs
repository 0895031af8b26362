using Eformer.Pool.Module.Shipping;
using Eformer.Pool.Module.Tests.Engines;

namespace Eformer.Pool.Module.Tests;

/// <summary>What of the caller's session goes along with a script.</summary>
public sealed class ShippingTests : IDisposable
{
    private readonly Engine _engine = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("module-tests-").FullName;

    public void Dispose()
    {
        _engine.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Nothing_is_nothing() =>
        Assert.True(Inside.Call(_engine, "", context => Source(context).Gather(null, null, null, null) is null));

    [Fact]
    public void Functions_go_by_name_with_their_bodies()
    {
        RuntimeEnvironment gathered = Gather("function Get-A { 1 }; function Get-B($x) { $x }; function Other { 3 }; filter Add-One { $_ + 1 }", functions: ["get-*", "Add-One"]);
        Assert.Equal(["Add-One", "Get-A", "Get-B"], gathered.Functions.Keys.Order());
        Assert.Equal("1", gathered.Functions["Get-A"].Trim());
        Assert.StartsWith("param($x)", gathered.Functions["Get-B"]);
        Assert.Equal("2 3", Text($"function f {{ {gathered.Functions["Add-One"]} }}; (1, 2 | f) -join ' '"));
        Assert.Equal("5", Text($"function g {{ {gathered.Functions["Get-B"]} }}; g 5"));
    }

    [Fact]
    public void A_module_goes_as_its_folder_however_it_is_named()
    {
        string folder = MakeModule("Tools");
        ModuleFolder expected = new("Tools", folder, "Tools.psm1");
        Assert.Equal([expected], Gather("", modules: [folder]).Modules);
        Assert.Equal([expected], Gather("", modules: [Path.Combine(folder, "Tools.psm1"), folder]).Modules);
        Assert.Equal([expected], Gather($"Import-Module '{folder}'", modules: ["tools"]).Modules);
    }

    [Fact]
    public void A_module_that_is_available_need_not_be_loaded()
    {
        string folder = MakeModule("Ready");
        Assert.Equal([new ModuleFolder("Ready", folder, "Ready.psm1")], Gather($"$env:PSModulePath = '{_folder}'", modules: ["Ready"]).Modules);
    }

    [Fact]
    public void A_modules_manifest_is_what_is_imported()
    {
        string folder = MakeModule("Listed");
        File.WriteAllText(Path.Combine(folder, "Listed.psd1"), "@{ RootModule = 'Listed.psm1'; ModuleVersion = '1.0' }");
        Assert.Equal([new ModuleFolder("Listed", folder, "Listed.psd1")], Gather($"Import-Module '{folder}'", modules: ["Listed"]).Modules);
        Assert.Equal([new ModuleFolder("Listed", folder, "Listed.psd1")], Gather("", modules: [folder]).Modules);
    }

    [Fact]
    public void Files_are_absolute_and_wildcards_are_expanded()
    {
        string a = Write("a.txt"), b = Write("b.txt"), odd = Write("odd[1].txt");
        Assert.Equal([a, b], Gather($"$null = $ExecutionContext.SessionState.Path.SetLocation('{_folder}')", files: ["./?.txt"]).Files.Order());
        Assert.Equal([a, odd, _folder], Gather($"$null = $ExecutionContext.SessionState.Path.SetLocation('{_folder}')", files: ["a.txt", "odd[1].txt", "."]).Files);
        Assert.Equal([odd], Gather("", files: [$"{_folder}/odd`[1`].txt"]).Files);
    }

    [Fact]
    public void An_initialization_script_goes_as_text() =>
        Assert.Equal(" $x = 1 ", Inside.Call(_engine, "", context =>
            Source(context).Gather(null, null, null, System.Management.Automation.ScriptBlock.Create(" $x = 1 "))!).InitializationScript);

    private RuntimeEnvironment Gather(string script, string[]? functions = null, string[]? modules = null, string[]? files = null) =>
        Inside.Call(_engine, script, context => Source(context).Gather(functions, modules, files, null)!);

    private static EnvironmentSource Source(System.Management.Automation.EngineIntrinsics context) =>
        new(context.SessionState, context.InvokeCommand);

    private string Text(string script) => Assert.Single(_engine.Run(script).Texts);

    private string MakeModule(string name)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;
        File.WriteAllText(Path.Combine(folder, name + ".psm1"), "function Get-It { 1 }");
        return folder;
    }

    private string Write(string name)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, "");
        return path;
    }
}
