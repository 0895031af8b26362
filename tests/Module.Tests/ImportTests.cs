using System.Management.Automation;
using System.Reflection;
using System.Runtime.Loader;
using Eformer.Pool.Module.Tests.Engines;

namespace Eformer.Pool.Module.Tests;

public class ImportTests
{
    private const string Commands =
        "Clear-SlicePool Connect-SlicePool Disconnect-SlicePool Get-SliceHost Get-SlicePool Get-SlicePoolDemand Get-SlicePoolEvent "
        + "Get-SlicePoolMember Get-SlicePoolRun Import-SlicePoolFunction Initialize-SlicePool Invoke-OnEachHost Invoke-OnEachSlice New-SlicePool "
        + "Receive-SlicePoolRun Remove-SlicePool Remove-SlicePoolRun Resize-SlicePool Resume-SliceHost Start-HostWorker Stop-HostWorker "
        + "Stop-SlicePoolRun Suspend-SliceHost Test-SlicePool Test-SlicePoolStore Wait-SlicePoolRun";

    [Fact]
    public void Exports_what_the_manifest_says()
    {
        using Engine engine = new();
        Assert.Equal(Commands.Split(' '), engine.Run("(Get-Module Eformer.Pool).ExportedCommands.Keys | ForEach-Object { $_ }").Texts.Order());
    }

    [Fact]
    public void Twice_is_as_good_as_once()
    {
        using Engine engine = new();
        engine.Run("param($Manifest) Import-Module $Manifest; Import-Module $Manifest", Places.Manifest).Expect();
        Assert.Equal("1", Assert.Single(engine.Run("@(Get-Module Eformer.Pool).Count").Texts));
    }

    [Fact]
    public void Again_with_force()
    {
        using Engine engine = new();
        engine.Run("param($Manifest) Import-Module $Manifest -Force; Get-SlicePool", Places.Manifest).Expect();
    }

    [Fact]
    public void Removed_and_imported_again()
    {
        using Engine engine = new();
        Assert.Empty(engine.Run("Remove-Module Eformer.Pool; Get-Command New-SlicePool -ErrorAction Ignore").Expect());
        engine.Run("param($Manifest) Import-Module $Manifest; Get-SlicePool", Places.Manifest).Expect();
    }

    [Fact]
    public void Many_sessions_of_a_process_import_it_at_once() =>
        Parallel.For(0, 4, _ =>
        {
            using Engine engine = new();
            engine.Run("Get-SlicePool").Expect();
        });

    [Fact]
    public void Every_command_has_an_approved_verb_and_says_what_it_gives()
    {
        using Engine engine = new();
        HashSet<string> verbs = [.. typeof(VerbsCommon).Assembly.GetTypes()
            .Where(type => type.Name.StartsWith("Verbs", StringComparison.Ordinal) && type.IsPublic)
            .SelectMany(type => type.GetFields().Select(field => (string)field.GetValue(null)!))];
        foreach (CmdletInfo command in engine.Run("Get-Command -Module Eformer.Pool").Expect().Select(item => (CmdletInfo)item.BaseObject))
        {
            Assert.Contains(command.Verb, verbs);
            Assert.NotEmpty(command.ImplementingType.GetCustomAttributes<OutputTypeAttribute>());
        }
    }

    [Theory]
    [InlineData("New-SlicePool", true)]
    [InlineData("Clear-SlicePool", true)]
    [InlineData("Remove-SlicePool", true)]
    [InlineData("Resize-SlicePool", true)]
    [InlineData("Connect-SlicePool", true)]
    [InlineData("Disconnect-SlicePool", true)]
    [InlineData("Suspend-SliceHost", true)]
    [InlineData("Resume-SliceHost", true)]
    [InlineData("Start-HostWorker", true)]
    [InlineData("Stop-HostWorker", true)]
    [InlineData("Test-SlicePoolStore", false)]
    [InlineData("Initialize-SlicePool", false)]
    [InlineData("Test-SlicePool", false)]
    [InlineData("Get-SliceHost", false)]
    [InlineData("Invoke-OnEachHost", false)]
    [InlineData("Invoke-OnEachSlice", false)]
    public void What_changes_pools_knows_WhatIf(string command, bool expected)
    {
        using Engine engine = new();
        Assert.Equal(expected.ToString(), Assert.Single(engine.Run("param($Name) (Get-Command $Name).Parameters.ContainsKey('WhatIf')", command).Texts));
    }

    [Fact]
    public void Third_party_libraries_stay_out_of_the_default_context()
    {
        using Engine engine = new();
        engine.Run("Get-SlicePool -Store 127.0.0.1:1");
        string[] loaded = [.. AssemblyLoadContext.Default.Assemblies.Select(assembly => assembly.GetName().Name!)];
        Assert.Contains("Eformer.Pool.Runtime", loaded);
        Assert.DoesNotContain("StackExchange.Redis", loaded);
        Assert.DoesNotContain("Eformer.Pool.Store", loaded);
    }

    [Fact]
    public void Nothing_lies_beside_the_module_that_does_not_belong_there()
    {
        string[] files = [.. Directory.GetFiles(Places.ModuleFolder).Select(file => Path.GetFileName(file)).Order()];
        Assert.Equal(["Eformer.Pool.Format.ps1xml", "Eformer.Pool.Module.dll", "Eformer.Pool.Runtime.dll", "Eformer.Pool.Types.ps1xml"],
            files.Where(file => Path.GetExtension(file) is ".dll" or ".ps1xml" or ".json"));
        string[] dependencies = [.. Directory.GetFiles(Path.Combine(Places.ModuleFolder, "dependencies"), "*.dll").Select(file => Path.GetFileName(file))];
        Assert.Contains("Eformer.Pool.Store.dll", dependencies);
        Assert.Contains("StackExchange.Redis.dll", dependencies);
        Assert.DoesNotContain("Eformer.Pool.Runtime.dll", dependencies);
    }
}
