using Eformer.Pool.Module.Tests.Engines;

namespace Eformer.Pool.Module.Tests;

/// <summary>What goes along with a script is there on the hosts.</summary>
[Collection(LocalPoolGroup.Name)]
public sealed class ShippedTests(LocalPool local) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("module-tests-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Functions_and_filters() => Assert.Equal(
        ["hello a!", "hello b!"],
        local.Run("""
            function Get-Greeting($Name) { "hello $Name" }
            filter Add-Mark { "$_!" }
            'a', 'b' | Invoke-OnEachHost $pool { $input | ForEach-Object { Get-Greeting $_ } | Add-Mark } -Function Get-G*, Add-Mark -Slice 0 -HostId 0
            """).Texts);

    [Fact]
    public void A_module()
    {
        string folder = Directory.CreateDirectory(Path.Combine(_folder, "Tools")).FullName;
        File.WriteAllText(Path.Combine(folder, "Tools.psm1"), "function Get-Tool { 'tool' }");
        Assert.Equal(Enumerable.Repeat("tool", 8), local.Run("param($folder) $pool | Invoke-OnEachHost { Get-Tool } -Module $folder", folder).Texts);
    }

    [Fact]
    public void Files_lie_where_the_script_starts()
    {
        string file = Path.Combine(_folder, "data.txt");
        File.WriteAllText(file, "42");
        Assert.Equal(
            Enumerable.Repeat("42", 8),
            local.Run("param($file) $pool | Invoke-OnEachHost { [IO.File]::ReadAllText(\"$PWD/data.txt\") } -File $file", file).Texts);
    }

    [Fact]
    public void A_folder_to_start_in() => Assert.Equal(
        [_folder], local.Run("param($folder) $pool | Invoke-OnEachHost { \"$PWD\" } -WorkingDirectory $folder -Slice 0 -HostId 0", _folder).Texts);

    [Fact]
    public void An_initialization_script_runs_first() => Assert.Equal(
        Enumerable.Repeat("ready", 8), local.Run("$pool | Invoke-OnEachHost { $prepared } -InitializationScript { $prepared = 'ready' }").Texts);
}
