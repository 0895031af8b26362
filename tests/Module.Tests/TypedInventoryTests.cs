using Eformer.Pool.Module.Tests.Engines;

namespace Eformer.Pool.Module.Tests;

/// <summary>The typed sample from PowerShell: its own module, with cmdlets that the generator made.</summary>
public sealed class TypedInventoryTests : IDisposable
{
    private readonly string _files = Directory.CreateTempSubdirectory("inventory-").FullName;
    private readonly Engine _engine = new();

    public TypedInventoryTests()
    {
        foreach (string name in (string[])["a.txt", "b.txt", "c.dat"])
        {
            File.WriteAllText(Path.Combine(_files, name), name);
        }
    }

    public void Dispose()
    {
        _engine.Run("Get-SlicePool | Remove-SlicePool").Expect();
        _engine.Dispose();
        Directory.Delete(_files, recursive: true);
    }

    [Fact]
    public void Its_cmdlets_take_tables_give_typed_objects_and_errors_of_each_host()
    {
        _engine.Run("param($Sample) Import-Module $Sample; $pool = New-SlicePool -Local -HostsPerSlice 2", Places.Inventory).Expect();
        Assert.Equal(
            ["slice-0/0 FolderSummary 2 10", "slice-0/1 FolderSummary 2 10"],
            Texts("$pool | Measure-HostFile -Path $Path -Options @{ filter = '*.txt' } | ForEach-Object { \"$($_.PSComputerName) $($_.GetType().Name) $($_.Files) $($_.Bytes)\" }").Order());
        Assert.Equal(
            ["slice-0/0 a.txt", "slice-0/0 c.dat", "slice-0/1 b.txt"],
            Texts("$pool | Find-HostFile -Path $Path -Options @{ ShardOf = 2 } | ForEach-Object { \"$($_.PSComputerName) $($_.Path)\" }").Order());
        EngineResult failed = _engine.Run("$pool | Measure-HostFile -Path /nowhere -Options @{}");
        Assert.Equal(["RemoteFunctionFailed", "RemoteFunctionFailed"], failed.ErrorIds);
        Assert.Contains("/nowhere", failed.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Contains("Nonsense", _engine.Run("$pool | Measure-HostFile -Path x -Options @{ Nonsense = 1 }").ExpectError("ParameterArgumentTransformationError").ToString(), StringComparison.Ordinal);
        Assert.Equal("Counts and hashes the files below a folder, on every host.", Assert.Single(Texts("(Get-Help Measure-HostFile).Synopsis")));
    }

    private string[] Texts(string script) => [.. _engine.Run("param($Path) " + script, _files).Expect().Select(item => item.ToString())];
}
