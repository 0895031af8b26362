using System.Management.Automation;
using Eformer.Pool.Module.Tests.Engines;

namespace Eformer.Pool.Module.Tests;

/// <summary>Scaling, health, draining and events of a local pool.</summary>
public sealed class PoolManagementTests : IDisposable
{
    private readonly Engine _engine = new();

    public PoolManagementTests() => _engine.Run("$pool = New-SlicePool managed -Local -SliceCount 1,3 -HostsPerSlice 2").Expect();

    public void Dispose()
    {
        _engine.Run("Get-SlicePool | Remove-SlicePool");
        _engine.Dispose();
    }

    [Fact]
    public void Growing_leaves_members_alone_and_shrinking_takes_the_highest_slots()
    {
        const string Leases = "($pool | Get-SlicePoolMember).Actor.Id";
        IReadOnlyList<string> three = _engine.Run(Leases).Texts;
        Assert.Equal(3, three.Count);
        Assert.Equal(["True"], _engine.Run("[object]::ReferenceEquals($pool, ($pool | Resize-SlicePool -SliceCount 1))").Texts);
        Assert.Equal(three.Take(1), _engine.Run(Leases).Texts);
        _engine.Run("Resize-SlicePool managed 2,9").Expect();
        Assert.Equal(three[0], _engine.Run(Leases).Texts[0]);
        Assert.Equal(4, _engine.Run("$pool | Invoke-OnEachHost { 1 }").Expect().Count);
    }

    [Fact]
    public void Without_a_store_the_hosts_are_those_of_the_pools_at_hand()
    {
        Assert.Equal(["managed"], _engine.Run("Get-SliceHost | ForEach-Object Pool").Texts.Distinct());
        string name = _engine.Run("Get-SliceHost | ForEach-Object Host").Texts[0];
        Assert.Equal([name], _engine.Run($"(Get-SliceHost {name}).Host").Texts);
        Assert.Contains(_engine.Run("$pool.Fleet").Texts[0], _engine.Run("Get-SliceHost no-such").ExpectError("HostNotFound").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIf_shows_what_a_resize_would_do_and_does_nothing()
    {
        EngineResult shrink = _engine.Run("Resize-SlicePool $pool 1,2 -WhatIf");
        Assert.Contains("pool 'managed' with 3 slices, to 1 or 2: give back slice-2; 2: yes; 1: yes", shrink.HostText);
        EngineResult grow = _engine.Run("Resize-SlicePool $pool 4 -WhatIf");
        Assert.Contains("4: no (", grow.HostText);
        Assert.Empty(shrink.Expect().Concat(grow.Expect()));
        Assert.Equal(3, _engine.Run("$pool | Get-SlicePoolMember").Expect().Count);
    }

    [Fact]
    public void What_is_not_possible_costs_nothing()
    {
        ErrorRecord error = _engine.Run("Resize-SlicePool $pool 4,5").ExpectError("InsufficientSlices");
        Assert.Contains("4 or 5 requested, 3 can be placed now. 5: no (", error.ToString());
        EngineResult waited = _engine.Run("Resize-SlicePool $pool 4 -TimeoutSec 1");
        waited.ExpectError("InsufficientSlices");
        Assert.Contains(waited.Progress, record => record.StatusDescription.StartsWith("4 wanted, 3 held; ", StringComparison.Ordinal));
        Assert.Equal("3 Active", Assert.Single(_engine.Run("\"$($pool.SliceCount) $($pool.State)\"").Texts));
    }

    [Fact]
    public void The_environment_says_how_long_a_wait_may_be()
    {
        foreach (string value in (string[])["0", "-1", "soon", "1e3", "99999999999"])
        {
            ErrorRecord error = InEnvironment("EFORMER_SCALE_ADD_TIMEOUT_S", value, "Resize-SlicePool $pool 4 -Wait").ExpectError("InvalidEnvironment");
            Assert.Contains($"EFORMER_SCALE_ADD_TIMEOUT_S is '{value}'", error.ToString());
        }

        InEnvironment("COORD_PORT", "harbour", "$pool | Invoke-OnEachHost { 1 }").ExpectError("InvalidEnvironment");
        InEnvironment("EFORMER_SCALE_POLL_S", "often", "Resize-SlicePool $pool 4 -TimeoutSec 5").ExpectError("InvalidEnvironment");
        InEnvironment("EFORMER_SCALE_ADD_TIMEOUT_S", "1", "Resize-SlicePool $pool 4 -Wait").ExpectError("InsufficientSlices");
        InEnvironment("EFORMER_SCALE_ADD_TIMEOUT_S", "soon", "Get-SlicePool; Resize-SlicePool $pool 2").Expect();
    }

    [Fact]
    public void Some_slices_are_drained_and_the_others_stay()
    {
        _engine.Run("Clear-SlicePool $pool -Slice 7").ExpectError("InvalidSelection");
        EngineResult asked = _engine.Run("Clear-SlicePool $pool -Slice 0, 2 -WhatIf");
        Assert.Contains("pool 'managed', slices 0, 2", asked.HostText);
        Assert.Empty(_engine.Run("Clear-SlicePool $pool -Slice 0, 2 -Force -TimeoutSec 30").Expect());
        Assert.Equal(["slice-1"], _engine.Run("($pool | Get-SlicePoolMember).SliceName").Texts);
        Assert.Equal(2, _engine.Run("$pool | Invoke-OnEachHost { 1 }").Expect().Count);
        Assert.Equal("True", Assert.Single(_engine.Run("$pool | Test-SlicePool -Quiet").Texts));
        Assert.Empty(_engine.Run("$pool | Clear-SlicePool; $pool | Clear-SlicePool").Expect());
        Assert.Equal("False", Assert.Single(_engine.Run("$pool | Test-SlicePool -Quiet").Texts));
    }

    [Fact]
    public void Every_slice_is_made_ready()
    {
        string table = _engine.Print("$pool | Initialize-SlicePool");
        Assert.Matches(@"Slice\s+Hosts\s+ReadyHosts\s+Ready\s+Why", table);
        Assert.Equal(3, table.Split("True").Length - 1);
        Assert.Equal(["slice-1 0 1"], _engine.Run("""
            $found = @($pool | Get-SlicePoolMember)
            "$($found[1].ActorInfo.Hosts[0].SliceName) $($found[1].ActorInfo.Hosts[0].HostId) $(@($found[1].ActorInfo.NodeIds[1]).Count)"
            """).Texts);
        _engine.Run("$null = Clear-SlicePool $pool");
        _engine.Run("$pool | Initialize-SlicePool").ExpectError("PoolEmpty");
    }

    [Fact]
    public void Every_host_tells_how_it_does()
    {
        string table = _engine.Print("$pool | Test-SlicePool");
        Assert.Matches(@"Host\s+State\s+Since\s+Load\s+Free MiB\s+Node\s+Why", table);
        Assert.Equal(6, table.Split("Healthy").Length - 1);
        Assert.Equal(["True"], _engine.Run("$pool | Test-SlicePool -Quiet").Texts);
        EngineResult mixed = _engine.Run("'none', $pool | Test-SlicePool -Quiet");
        mixed.ExpectError("PoolNotFound");
        Assert.Equal(["False"], mixed.Texts);
        Assert.Equal(["False"], _engine.Run("@() | Test-SlicePool -Quiet").Texts);
    }

    [Fact]
    public void Slices_come_with_the_results_of_their_hosts_in_order()
    {
        IReadOnlyList<PSObject> slices = _engine.Run("""
            $found = $pool | Invoke-OnEachSlice { if ($env:TPU_SLICE_NAME -eq 'slice-1' -and $env:TPU_HOST_ID -eq 1) { throw 'boom' }; "$env:TPU_SLICE_NAME/$env:TPU_HOST_ID" }
            foreach ($slice in $found) { "$($slice.SliceName) $($slice.SliceId) $($slice.HostCount) $($slice.SucceededCount) $($slice.Succeeded): $($slice.Output)" }
            """).Expect();
        Assert.Equal(
            ["slice-0 0 2 2 True: slice-0/0 slice-0/1", "slice-1 1 2 1 False: slice-1/0", "slice-2 2 2 2 True: slice-2/0 slice-2/1"],
            slices.Select(slice => slice.ToString()));
        Assert.Equal(["[slice-1/1] boom"], _engine.Run("$found[1].Results[1].Errors | ForEach-Object { \"$_\" }").Texts);
        Assert.Equal(["slice-2 1"], _engine.Run("Invoke-OnEachSlice $pool { 1 } -Slice 2 -HostId 1 | ForEach-Object { \"$($_.SliceName) $($_.HostCount)\" }").Texts);
        Assert.Matches(@"Slice\s+Hosts\s+Succeeded\s+Duration\s+Output or evidence", _engine.Print("$found"));
        Assert.Matches(@"slice-1\s+2\s+1\s.*slice-1/1: Failed", _engine.Print("$found"));
    }

    [Fact]
    public void A_local_pool_tells_its_hosts_and_events_itself()
    {
        Assert.Equal(["slice-0.0", "slice-0.1", "slice-1.0"], _engine.Run("($pool | Get-SliceHost).Host").Texts.Take(3));
        Assert.Single(_engine.Run("Get-SliceHost slice-2.1 -Pool managed").Expect());
        Assert.Equal("PoolOpened", _engine.Run("($pool | Get-SlicePoolEvent).Kind").Texts[0]);
        Assert.Equal(3, _engine.Run("Get-SlicePoolEvent man* | Where-Object Kind -EQ SliceAcquired").Expect().Count);
        Assert.NotEmpty(_engine.Run("Get-SlicePoolEvent").Expect());
        Assert.Matches(@"Time\s+Kind\s+Pool\s+About\s+Reason", _engine.Print("$pool | Get-SlicePoolEvent"));
        _engine.Run("$pool | Get-SliceHost slice-0.0 | Suspend-SliceHost -Pool $pool -Reason test").Expect();
        Assert.Equal(["Suspended"], _engine.Run("($pool | Test-SlicePool)[0].State").Texts);
        _engine.Run("Resume-SliceHost slice-0.0 -Pool managed").Expect();
        Assert.Contains("in fleet 'local-", _engine.Run("Suspend-SliceHost nohost -Pool $pool").ExpectError("HostNotFound").ToString());
        _engine.Run("Remove-SlicePool $pool").Expect();
        _engine.Run("$pool | Get-SlicePoolEvent").ExpectError("PoolRemoved");
    }

    [Fact]
    public void Dotnet_callers_get_results_by_slice_and_flat()
    {
        const string Request = "$manager = $pool.GetManager(); $run = [Eformer.Pool.RunRequest]@{ Script = '\"$env:TPU_SLICE_NAME/$env:TPU_HOST_ID\"' };";
        Assert.Equal(
            ["slice-0/0", "slice-0/1", "slice-1/0", "slice-1/1", "slice-2/0", "slice-2/1"],
            _engine.Run(Request + """
                foreach ($result in $manager.ExecuteOnEachHostFlatAsync($run).GetAwaiter().GetResult()) {
                    foreach ($document in $result.Output) { [Management.Automation.PSSerializer]::Deserialize($document) }
                }
                """).Texts);
        Assert.Equal(["2 2 2"], _engine.Run(Request + "($manager.ExecuteOnEachHostAsync($run).GetAwaiter().GetResult() | ForEach-Object Count) -join ' '").Texts);
        Assert.Equal(
            ["slice-0: 2 of 2 succeeded", "slice-1: 2 of 2 succeeded", "slice-2: 2 of 2 succeeded"],
            _engine.Run(Request + "$manager.ExecuteOnEachSliceAsync($run).GetAwaiter().GetResult()").Texts);
        Assert.Equal(
            ["6 True"],
            _engine.Run(Request + """
                $handle = $manager.ScheduleOnEachHostAsync($run).GetAwaiter().GetResult()
                "$($handle.Hosts.Count) $($handle.RunId.Length -eq 32)"
                $null = $handle.DisposeAsync().AsTask().GetAwaiter().GetResult()
                """).Texts);
    }

    private EngineResult InEnvironment(string name, string value, string script) =>
        _engine.Run("param($Name, $Value) [Environment]::SetEnvironmentVariable($Name, $Value); try { " + script + " } finally { [Environment]::SetEnvironmentVariable($Name, $null) }", name, value);
}
