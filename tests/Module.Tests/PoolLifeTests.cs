using System.Diagnostics;
using System.Globalization;
using Eformer.Pool.Module.Tests.Engines;

namespace Eformer.Pool.Module.Tests;

/// <summary>Pools come and go, and leave nothing.</summary>
public class PoolLifeTests
{
    [Fact]
    public void The_first_five_minutes()
    {
        using Engine engine = new();
        engine.Run("$pool = New-SlicePool -Local").Expect();
        string folder = Assert.Single(PoolProcesses.FoldersOf(Environment.ProcessId));
        Assert.Equal(2, engine.Run("""$pool | Invoke-OnEachHost { "$env:TPU_SLICE_NAME/$env:TPU_HOST_ID" }""").Expect().Count);
        engine.Run("$pool | Remove-SlicePool").Expect();
        AssertGone(folder);
    }

    [Fact]
    public void A_cleared_pool_is_empty_and_stays()
    {
        using Engine engine = new();
        engine.Run("$pool = New-SlicePool cleared -Local -HostsPerSlice 1; Clear-SlicePool $pool").Expect();
        Assert.Equal("cleared Empty 0", Assert.Single(engine.Run("Get-SlicePool | ForEach-Object { \"$_ $($_.State) $($_.HostCount)\" }").Texts));
        EngineResult run = engine.Run("$pool | Invoke-OnEachHost { 1 }");
        run.ExpectError("PoolEmpty");
        engine.Run("Clear-SlicePool cleared; Remove-SlicePool cleared").Expect();
    }

    [Fact]
    public void A_removed_pool_is_forgotten_and_may_be_removed_again()
    {
        using Engine engine = new();
        engine.Run("$pool = New-SlicePool gone -Local -HostsPerSlice 1; Remove-SlicePool -Name g*").Expect();
        engine.Run("$pool | Remove-SlicePool; Remove-SlicePool $pool").Expect();
        Assert.Equal("Removed", Assert.Single(engine.Run("\"$($pool.State)\"").Texts));
        Assert.Empty(engine.Run("Get-SlicePool").Expect());
        engine.Run("$pool | Invoke-OnEachHost { 1 }").ExpectError("PoolRemoved");
        engine.Run("Get-SlicePool gone").ExpectError("PoolNotFound");
    }

    [Fact]
    public void Many_pools_run_at_once()
    {
        using Engine engine = new();
        EngineResult result = engine.Run("""
            $pools = 'a', 'b' | ForEach-Object { New-SlicePool $_ -Local -HostsPerSlice 1 }
            $pools | Invoke-OnEachHost { 1 }
            $pools | Remove-SlicePool
            """);
        Assert.Equal(2, result.Expect().Count);
    }

    [Fact]
    public void Ctrl_C_during_the_start_leaves_nothing()
    {
        using Engine engine = new();
        string[] folders = [];
        EngineResult result = engine.RunAndStop(
            "New-SlicePool -Local -SliceCount 2 -HostsPerSlice 4",
            _ => (folders = [.. PoolProcesses.FoldersOf(Environment.ProcessId)]).Length > 0);
        Assert.Empty(result.Output);
        Assert.Empty(engine.Run("Get-SlicePool").Expect());
        AssertGone(Assert.Single(folders));
    }

    [Fact]
    public void Ctrl_C_in_the_terminal_leaves_a_pool_alone()
    {
        using Engine engine = new();
        engine.Run("$pool = New-SlicePool -Local -HostsPerSlice 1").Expect();
        string folder = Assert.Single(PoolProcesses.FoldersOf(Environment.ProcessId));

        // A terminal sends it to every process of the group: the driver's store and agent among them.
        foreach (int id in PoolProcesses.IdsUsing(folder))
        {
            using Process kill = Process.Start("kill", ["-INT", id.ToString(CultureInfo.InvariantCulture)]);
            kill.WaitForExit();
        }

        Assert.Equal("fine", Assert.Single(engine.Run("$pool | Invoke-OnEachHost { 'fine' }").Texts));
        engine.Run("$pool | Remove-SlicePool").Expect();
        AssertGone(folder);
    }

    [Fact]
    public void Removing_the_module_removes_its_pools()
    {
        using Engine engine = new();
        engine.Run("$pool = New-SlicePool -Local -HostsPerSlice 1").Expect();
        string folder = Assert.Single(PoolProcesses.FoldersOf(Environment.ProcessId));
        engine.Run("Remove-Module Eformer.Pool").Expect();
        AssertGone(folder);
    }

    [Fact]
    public void Removing_the_module_in_one_session_leaves_the_pools_of_others()
    {
        using Engine mine = new();
        using Engine other = new();
        mine.Run("$pool = New-SlicePool -Local -HostsPerSlice 1").Expect();
        other.Run("Remove-Module Eformer.Pool").Expect();
        Assert.Single(mine.Run("$pool | Invoke-OnEachHost { 1 }").Expect());
        mine.Run("$pool | Remove-SlicePool").Expect();
    }

    [Fact]
    public void A_session_that_just_ends_leaves_nothing()
    {
        (int exitCode, string output, string errors) = SessionProcess.Run("$pool = New-SlicePool -Local; $pool | Invoke-OnEachHost { 'x' }");
        Assert.Equal("", errors);
        Assert.Equal(0, exitCode);
        Assert.Equal(["x", "x"], output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private static void AssertGone(string folder)
    {
        Assert.Empty(PoolProcesses.Using(folder));
        Assert.False(Directory.Exists(folder));
    }
}
