using System.Management.Automation;
using Eformer.Pool.Module.Tests.Engines;

namespace Eformer.Pool.Module.Tests.Packages;

/// <summary>What a user's project gets of the packages.</summary>
public sealed class PackageTests(PackedProjects projects) : IClassFixture<PackedProjects>
{
    private const string Things = "Acme.Things";

    private string Published => Path.Combine(projects.Folder, "published");

    private string Manifest => Path.Combine(projects.Built(Things), "Acme.Things.psd1");

    [Fact]
    public void The_build_makes_a_module_that_can_be_imported()
    {
        using Engine engine = new();
        PSModuleInfo module = (PSModuleInfo)Assert.Single(engine.Run("param($Manifest) Import-Module $Manifest -PassThru", Manifest).Expect()).BaseObject;
        Assert.Equal(["Measure-Thing"], module.ExportedCmdlets.Keys);
        Assert.Equal(["mth"], module.ExportedAliases.Keys);
        Assert.Equal((new Version(2, 3, 4), "It's Acme", "Things, ‘measured’."), (module.Version, module.Author, module.Description));
        Assert.Equal("Eformer.Pool", Assert.Single(module.RequiredModules).Name);
        Assert.Equal("https://acme.example/help", module.HelpInfoUri);
        // The engine tells of them once for the list and once for the gallery.
        Assert.Equal(["things", "measuring"], module.Tags.Distinct());
    }

    [Fact]
    public void Its_cmdlet_has_the_shared_parameters_and_its_help()
    {
        using Engine engine = new();
        Assert.Equal(
            ["True True True", "Measures & tells."],
            engine.Run("""
                param($Manifest)
                Import-Module $Manifest
                $parameters = (Get-Command Measure-Thing).Parameters
                "$($parameters.ContainsKey('Thing')) $($parameters.ContainsKey('AsJob')) $($parameters.ContainsKey('Slice'))"
                (Get-Help Measure-Thing).Synopsis
                """, Manifest).Expect().Select(item => item.ToString()));
    }

    [Fact]
    public void It_has_nothing_beside_it_that_the_session_has() => Assert.Equal(
        ["Acme.Things.dll"], Directory.GetFiles(projects.Built(Things), "*.dll", SearchOption.AllDirectories).Select(file => Path.GetFileName(file)));

    [Fact]
    public void What_is_published_is_a_module_and_a_program_too()
    {
        using Engine engine = new();
        Assert.Equal("Measure-Thing", Assert.Single(engine.Run(
            "param($Manifest) Import-Module $Manifest; (Get-Command Measure-Thing).Name", Path.Combine(Published, Things, "Acme.Things.psd1")).Texts));
        Assert.True(File.Exists(Path.Combine(Published, Things, "en-US", "Acme.Things.dll-Help.xml")));
        Assert.True(File.Exists(Path.Combine(Published, "Acme.Program", "dependencies", "StackExchange.Redis.dll")));
    }

    [Fact]
    public void A_manifest_of_the_user_s_own_is_left_as_it_is()
    {
        Assert.Contains("'9.9'", File.ReadAllText(Path.Combine(projects.Built("Acme.Own"), "Acme.Own.psd1")), StringComparison.Ordinal);
        using Engine engine = new();
        Assert.Equal("own", Assert.Single(engine.Run("param($Manifest) Import-Module $Manifest; Get-Own", Path.Combine(projects.Built("Acme.Own"), "Acme.Own.psd1")).Texts));
    }

    [Fact]
    public void Contracts_are_written_when_asked_for() => Assert.Equal(
        "# What is on the wire.\n\nfunction Acme.Measure\n  result: int\n", File.ReadAllText(Path.Combine(projects.Folder, Things, "PoolContracts.txt")));

    [Fact]
    public void A_program_finds_the_store_and_keeps_its_libraries_apart()
    {
        string folder = projects.Built("Acme.Program");
        Assert.Equal("StoreUnreachable", DotnetCommand.Run(folder, new Dictionary<string, string>(), "exec", Path.Combine(folder, "Acme.Program.dll")).Trim());
        Assert.False(File.Exists(Path.Combine(folder, "StackExchange.Redis.dll")));
        Assert.True(File.Exists(Path.Combine(folder, "dependencies", "StackExchange.Redis.dll")));
        Assert.DoesNotContain("StackExchange", File.ReadAllText(Path.Combine(folder, "Acme.Program.deps.json")), StringComparison.Ordinal);
    }
}
