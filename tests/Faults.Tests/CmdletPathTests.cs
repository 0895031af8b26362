using System.Management.Automation;
using System.Management.Automation.Runspaces;
using Eformer.Pool.Faults.Tests.Support;
using Xunit;

namespace Eformer.Pool.Faults.Tests;

/// <summary>The path as a user types it: the module in a real engine, on a shared store.</summary>
public sealed class CmdletPathTests(SharedServers servers)
{
    [Fact]
    public async Task Cmdlets_lease_run_and_let_go_on_a_shared_store()
    {
        TestServer server = await servers.GetAsync(ServerKind.Redis);
        await using Fleet fleet = await Fleet.CreateAsync(server);
        await fleet.StartAgentAsync("2x4");
        using PowerShell shell = Open();
        shell.AddScript("""
            param($Manifest, $Store, $Fleet, $KeyFile)
            Import-Module $Manifest
            $ErrorActionPreference = 'Stop'
            $pool = New-SlicePool night -Store $Store -Fleet $Fleet -KeyFile $KeyFile -SliceCount 2 -HostsPerSlice 4
            $pool | Invoke-OnEachHost { "$env:TPU_SLICE_NAME/$env:TPU_HOST_ID of $env:MEGASCALE_NUM_SLICES" }
            Get-SlicePool night -Store $Store -Fleet $Fleet | ForEach-Object { "$_ $($_.State) $($_.HostCount)" }
            try { New-SlicePool day -Store $Store -Fleet $Fleet -KeyFile $KeyFile -HostsPerSlice 4 } catch { $_.FullyQualifiedErrorId }
            $pool | Remove-SlicePool
            Get-SlicePool -Store $Store -Fleet $Fleet
            """).AddArgument(Repository.PathOf("Eformer.Pool.psd1"))
            .AddArgument($"{server.Address.Endpoint},password={server.Address.Password}").AddArgument(fleet.Name).AddArgument(fleet.KeyFile);
        string[] output = [.. (await shell.InvokeAsync()).Select(item => item.ToString())];
        Assert.Empty(shell.Streams.Error);
        Assert.Equal(
            Enumerable.Range(0, 8).Select(host => $"slice-{host / 4}/{host % 4} of 2"), output.Take(8).Order(StringComparer.Ordinal));
        Assert.Equal(["night Active 8", "InsufficientSlices,Eformer.Pool.Module.Commands.NewSlicePoolCommand"], output.Skip(8));
        await fleet.AwaitIdleAsync();
    }

    private static PowerShell Open()
    {
        Runspace runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        runspace.Open();
        PowerShell shell = PowerShell.Create(runspace);
        return shell;
    }
}
