using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using Eformer.Pool.Module.Tests.Engines;

namespace Eformer.Pool.Module.Tests;

/// <summary>Sessions that share a fleet: placement, waiting, keeping, maintenance.</summary>
public sealed class FleetCommandTests(SharedFleet fleet) : IClassFixture<SharedFleet>, IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private readonly Engine _mine = fleet.Open();
    private readonly Engine _other = fleet.Open();

    public void Dispose()
    {
        _other.Run("Get-SlicePool | Where-Object IsOwned | Remove-SlicePool; Get-SliceHost | Where-Object Suspended | Resume-SliceHost");
        Assert.True(Wait.Until(() => Count("Get-SliceHost | Where-Object State -EQ Idle") == 6, s_patience));
        _mine.Dispose();
        _other.Dispose();
    }

    [Fact]
    public void WhatIf_shows_the_placement_and_claims_nothing()
    {
        EngineResult result = _mine.Run("New-SlicePool looked -TpuType v4-16 -SliceCount 2,4 -WhatIf");
        Assert.Empty(result.Expect());
        Assert.Contains("pool 'looked' of 2 or 4 x v4-16 in fleet 'shared': slot 0: tpu-0 on tpu-0.0, tpu-0.1; slot 1: tpu-1 on", result.HostText);
        Assert.Matches(@"4: no \(.*\); 2: yes", result.HostText);
        Assert.Empty(_other.Run("Get-SlicePool").Expect());
        Assert.Equal(6, Count("Get-SliceHost | Where-Object State -EQ Idle"));
        Assert.Empty(_other.Run("Get-SlicePoolEvent looked").Expect());
    }

    [Fact]
    public void WhatIf_says_when_nothing_can_be_had_and_when_a_name_is_taken()
    {
        EngineResult result = _mine.Run("$WhatIfPreference = $true; New-SlicePool -TpuType v4-16 -SliceCount 9; $WhatIfPreference = $false");
        Assert.Empty(result.Expect());
        Assert.Matches(@"a pool of 9 x v4-16 in fleet 'shared': 9: no \(3 intact", result.HostText);
        _mine.Run("$pool = New-SlicePool taken -TpuType v4-16").Expect();
        _other.Run("New-SlicePool taken -TpuType v4-16 -WhatIf").ExpectError("PoolInUse");
    }

    [Fact]
    public void The_largest_possible_size_is_taken_and_what_is_not_possible_is_refused_at_once()
    {
        Assert.Equal("night 3 6", Assert.Single(_mine.Run(
            """New-SlicePool night -TpuType v4-16 -SliceCount 1,3,8 | ForEach-Object { "$_ $($_.SliceCount) $($_.HostCount)" }""").Texts));
        ErrorRecord error = _other.Run("New-SlicePool day -TpuType v4-16").ExpectError("InsufficientSlices");
        Assert.Contains("held by pool 'night'", error.ToString());
        Assert.Equal(6, Count("Get-SliceHost | Where-Object Pool -EQ night"));
        Assert.Equal(["night"], _other.Run("(Get-SlicePool).Name").Texts);
        _mine.Run("Resize-SlicePool night 4").ExpectError("InsufficientSlices");
        Assert.Equal("2", Assert.Single(_mine.Run("(Resize-SlicePool night 1,2).SliceCount").Texts));
        error = _mine.Run("Resize-SlicePool night 4,5").ExpectError("InsufficientSlices");
        Assert.StartsWith("Not enough slices: 4 or 5 requested, 3 can be placed now. 5: no (", error.ToString(), StringComparison.Ordinal);
        _other.Run("New-SlicePool day -TpuType v4-16").Expect();
    }

    [Fact]
    public async Task Waiting_is_shown_published_and_met()
    {
        _mine.Run("$pool = New-SlicePool night -TpuType v4-16 -SliceCount 3").Expect();
        Task<EngineResult> waiting = Task.Run(() => _other.Run("New-SlicePool day -TpuType v4-16 -SliceCount 1,2 -Wait"), CancellationToken.None);
        Assert.True(Wait.Until(() => waiting.IsCompleted || CountIn(_mine, "Get-SlicePoolDemand | Where-Object Reason") == 1, s_patience));
        Assert.Equal("day 1,2 0 1 v4-16", Assert.Single(_mine.Run(
            """Get-SlicePoolDemand | ForEach-Object { "$($_.Pool) $($_.Sizes -join ',') $($_.Held) $($_.Missing) $($_.TpuType)" }""").Texts));
        Assert.Matches(@"Pool\s+Sizes\s+Held\s+Hosts/Slice\s+Wanted\s+Since\s+Reason\s+-+[^\n]+\nday\s+1 or 2\s+0\s+2\s+v4-16", _mine.Print("Get-SlicePoolDemand"));
        _mine.Run("Resize-SlicePool night 2").Expect();
        EngineResult met = await waiting;
        Assert.Equal("day", Assert.Single(met.Expect()).ToString());
        ProgressRecord shown = met.Progress[0];
        Assert.Equal("Waiting for slices", shown.Activity);
        Assert.StartsWith("1 or 2 wanted, 0 held; ", shown.StatusDescription, StringComparison.Ordinal);
        Assert.Contains("held by pool 'night'", shown.CurrentOperation);
        Assert.Equal(ProgressRecordType.Completed, met.Progress[^1].RecordType);
        Assert.Empty(_mine.Run("Get-SlicePoolDemand").Expect());
    }

    [Fact]
    public void Ctrl_C_while_a_new_pool_waits_leaves_nothing_of_it()
    {
        _mine.Run("$pool = New-SlicePool night -TpuType v4-16 -SliceCount 3").Expect();
        EngineResult result = _other.RunAndStop("New-SlicePool day -TpuType v4-16 -TimeoutSec 600", _ => CountIn(_mine, "Get-SlicePoolDemand") == 1);
        Assert.Empty(result.Output);
        Assert.Equal(["night"], _other.Run("(Get-SlicePool).Name").Texts);
        Assert.Empty(_mine.Run("Get-SlicePoolDemand").Expect());
    }

    [Fact]
    public void Ctrl_C_while_a_pool_waits_to_grow_leaves_what_it_had()
    {
        _mine.Run("$pool = New-SlicePool night -TpuType v4-16 -SliceCount 2").Expect();
        const string Leases = "(Get-SlicePoolMember night).Actor.Id -join ' '";
        string before = Assert.Single(_mine.Run(Leases).Texts);
        EngineResult result = _mine.RunAndStop("Resize-SlicePool night 5 -Wait", _ => CountIn(_other, "Get-SlicePoolDemand") == 1);
        Assert.Empty(result.Output);
        Assert.Equal(before, Assert.Single(_mine.Run(Leases).Texts));
        Assert.Equal("2 Active", Assert.Single(_mine.Run("\"$($pool.SliceCount) $($pool.State)\"").Texts));
        Assert.Empty(_other.Run("Get-SlicePoolDemand").Expect());
    }

    [Theory]
    [InlineData("@{ zone = 'a*', 'b' }")]
    [InlineData("@{ rack = 7; ZONE = 'a1' }")]
    [InlineData("([ordered]@{ rack = 6, 7 })")]
    public void Hosts_are_selected_by_label(string selector)
    {
        _mine.Run($"New-SlicePool -Selector {selector} -HostsPerSlice 2 -SliceCount 2").Expect();
        Assert.Equal(4, Count("Get-SliceHost | Where-Object Pool"));
    }

    [Fact]
    public void Labels_that_no_host_has_are_said_so()
    {
        ErrorRecord error = _mine.Run("New-SlicePool -Selector @{ zone = 'z' } -HostsPerSlice 2").ExpectError("InsufficientSlices");
        Assert.Contains("'zone' is a1", error.ToString());
        error = _mine.Run("New-SlicePool -TpuType v5e-16").ExpectError("InsufficientSlices");
        Assert.Contains("No slice of v5e-16 is in this fleet: there is v4-16", error.ToString());
    }

    [Fact]
    public void A_kept_pool_can_be_let_go_of_and_taken_over()
    {
        _mine.Run("$pool = New-SlicePool kept -TpuType v4-16 -SliceCount 2 -KeepForSec 120").Expect();
        _other.Run("Connect-SlicePool kept").ExpectError("PoolInUse");
        string before = Assert.Single(_mine.Run("(Get-SlicePoolMember kept).Actor.Id -join ' '").Texts);
        Assert.Empty(_mine.Run("$pool | Disconnect-SlicePool; $pool | Disconnect-SlicePool -ErrorAction Ignore").Expect());
        Assert.Equal("Removed", Assert.Single(_mine.Run("\"$($pool.State)\"").Texts));
        Assert.Equal("kept 2 True", Assert.Single(_other.Run(
            """$pool = Get-SlicePool kept | Connect-SlicePool -KeepForSec 120; "$pool $($pool.SliceCount) $($pool.IsOwned)" """).Texts));
        Assert.Equal(before, Assert.Single(_other.Run("(Get-SlicePoolMember kept).Actor.Id -join ' '").Texts));

        Assert.Equal(4, _other.Run("$pool | Invoke-OnEachHost { 1 }").Expect().Count);
        Assert.Equal(
            ["PoolDisconnected", "PoolTakenOver"],
            _other.Run("(Get-SlicePoolEvent kept | Where-Object Kind -In PoolDisconnected, PoolTakenOver).Kind").Texts);
    }

    [Fact]
    public void A_kept_pool_outlives_the_module_and_others_do_not()
    {
        _mine.Run("$null = New-SlicePool outliving -TpuType v4-16 -KeepForSec 120; $null = New-SlicePool mortal -TpuType v4-16; Remove-Module Eformer.Pool").Expect();
        Assert.Equal(["outliving"], _other.Run("(Get-SlicePool).Name").Texts);
        _other.Run("Connect-SlicePool outliving").Expect();
        // Taken over without -KeepForSec it is as mortal as the other was.
        ErrorRecord error = _other.Run("Disconnect-SlicePool outliving").ExpectError("PoolNotKept");
        Assert.Contains("to Connect-SlicePool when it takes a pool over", error.ErrorDetails.RecommendedAction);
    }

    [Fact]
    public void What_cannot_be_taken_over_is_said_so()
    {
        _other.Run("Connect-SlicePool nobody").ExpectError("PoolNotFound");
        _mine.Run("$pool = New-SlicePool mine -TpuType v4-16").Expect();
        _other.Run("Connect-SlicePool mine").ExpectError("PoolNotKept");
        _mine.Run("$pool | Disconnect-SlicePool").ExpectError("PoolNotKept");
        Assert.Equal(2, _mine.Run("$pool | Invoke-OnEachHost { 1 }").Expect().Count);
    }

    [Fact]
    public void Suspended_hosts_get_no_placements_until_they_are_resumed()
    {
        Assert.Empty(_mine.Run("Get-SliceHost tpu-0.* | Suspend-SliceHost -Reason 'new disks'").Expect());
        Assert.Equal(["tpu-0.0", "tpu-0.1"], _mine.Run("(Get-SliceHost | Where-Object Suspended).Host").Texts);
        Assert.Matches(@"Host\s+Slice\s+State\s+Condition\s+Pool\s+Until\s+Devices\s+Remark", _mine.Print("Get-SliceHost"));
        // What a host last said of itself may be of a pool before.
        Assert.True(Wait.Until(
            () => System.Text.RegularExpressions.Regex.IsMatch(_mine.Print("Get-SliceHost"), @"tpu-0\.0 tpu-0/0 Idle\s+Ready\s+4 v4-16 suspended by [^:]+: new"), s_patience));
        _mine.Run("New-SlicePool night -TpuType v4-16 -SliceCount 3").ExpectError("InsufficientSlices");
        Assert.Empty(_mine.Run("'tpu-0.0', 'tpu-0.1' | Resume-SliceHost").Expect());
        _mine.Run("New-SlicePool night -TpuType v4-16 -SliceCount 3").Expect();
        Assert.Equal(
            ["HostSuspended", "HostResumed"],
            _mine.Run("(Get-SlicePoolEvent | Where-Object { $_.Host -eq 'tpu-0.0' -and $_.Kind -in 'HostSuspended', 'HostResumed' } | ForEach-Object Kind)[-2..-1]").Texts);
    }

    [Fact]
    public void A_deadline_moves_a_pool_off_a_host()
    {
        _mine.Run("$pool = New-SlicePool night -TpuType v4-16").Expect();
        Assert.Equal(["tpu-0"], _mine.Run("($pool | Get-SlicePoolMember).SliceName").Texts);
        EngineResult asked = _mine.Run("Suspend-SliceHost tpu-0.1 -WithinSec 5 -WhatIf");
        Assert.Contains("host 'tpu-0.1', held by pool 'night', which must leave it within 5 s", asked.HostText);
        _mine.Run("Suspend-SliceHost tpu-0.1 -WithinSec 5").Expect();
        Assert.True(Wait.Until(() => CountIn(_mine, "$pool | Get-SlicePoolMember | Where-Object SliceName -EQ tpu-1") == 1, s_patience));
        Assert.Equal("True", Assert.Single(_mine.Run("$pool | Test-SlicePool -Quiet").Texts));
    }

    [Fact]
    public void A_name_that_is_taken_is_refused_with_its_owner_and_nothing_is_held()
    {
        _mine.Run("$pool = New-SlicePool night -TpuType v4-16").Expect();
        ErrorRecord error = _other.Run("New-SlicePool night -TpuType v4-16").ExpectError("PoolInUse");
        Assert.Equal(ErrorCategory.ResourceExists, error.CategoryInfo.Category);
        Assert.Contains(Environment.UserName, error.ToString());
        Assert.Equal(2, Count("Get-SliceHost | Where-Object Pool"));
        Assert.Equal(2, _mine.Run("$pool | Invoke-OnEachHost { 1 }").Expect().Count);
    }

    [Fact]
    public void A_key_of_the_wrong_type_is_named_and_nothing_is_written()
    {
        string keys = Path.Combine(Path.GetDirectoryName(fleet.KeyFile)!, "spoilt.json");
        using (Process made = Process.Start(new ProcessStartInfo(Places.HostProgram, ["keys", "new", "--fleet", "spoilt", "--file", keys]) { RedirectStandardOutput = true })!)
        {
            made.WaitForExit();
        }

        using RawStore raw = new(fleet.Store);
        Assert.Equal("+OK", raw.Send("SET", "{ef:spoilt}:state", "junk"));
        Assert.Equal("+OK", raw.Send("SET", "{ef:spoilt}:events", "junk"));
        foreach (string command in (string[])
            [$"New-SlicePool night -Fleet spoilt -HostsPerSlice 1 -KeyFile '{keys}'", "Get-SliceHost -Fleet spoilt", "Get-SlicePoolDemand -Fleet spoilt", "Get-SlicePoolEvent -Fleet spoilt", "Suspend-SliceHost a -Fleet spoilt -Force"])
        {
            ErrorRecord error = _mine.Run(command).ExpectError("StoreDamaged");
            Assert.Equal(ErrorCategory.InvalidData, error.CategoryInfo.Category);
            Assert.Contains("{ef:spoilt}:", error.ToString());
            Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
        }

        Assert.Equal("$4\njunk", raw.Send("GET", "{ef:spoilt}:state"));
        Assert.Equal(":0", raw.Send("EXISTS", "{ef:spoilt}:leases", "{ef:spoilt}:suspended", "{ef:spoilt}:pools"));
        Assert.Equal(":2", raw.Send("DEL", "{ef:spoilt}:state", "{ef:spoilt}:events"));
    }

    [Fact]
    public void Unknown_hosts_are_named_unless_forced()
    {
        EngineResult result = _mine.Run("Suspend-SliceHost tpu-9.9, tpu-1.0");
        Assert.Contains("no host 'tpu-9.9' in fleet 'shared'", result.ExpectError("HostNotFound").ToString());
        Assert.Equal(["tpu-1.0"], _mine.Run("(Get-SliceHost | Where-Object Suspended).Host").Texts);
        _mine.Run("Resume-SliceHost tpu-9.9").ExpectError("HostNotFound");
        _mine.Run("Suspend-SliceHost tpu-9.9 -Force").Expect();
        _mine.Run("Resume-SliceHost tpu-9.9, tpu-1.0, tpu-1.1").Expect();
        _mine.Run("Get-SliceHost tpu-9.9").ExpectError("HostNotFound");
        Assert.Empty(_mine.Run("Get-SliceHost tpu-9.*").Expect());
    }

    [Fact]
    public void Events_can_be_chosen_from_anywhere()
    {
        _mine.Run("$night = New-SlicePool night-1 -TpuType v4-16; $day = New-SlicePool day-1 -TpuType v4-16; Remove-SlicePool night-1").Expect();
        Assert.Equal("PoolRemoved", _other.Run("(Get-SlicePoolEvent night-1 -Newest 2).Kind").Texts[^1]);
        Assert.Equal(["day-1", "night-1"], _other.Run("(Get-SlicePoolEvent night-1, day-?).Pool").Texts.Distinct().Order());
        Assert.Equal(["day-1"], _mine.Run("($day | Get-SlicePoolEvent).Pool").Texts.Distinct());
        Assert.Single(_other.Run("Get-SlicePoolEvent day-1 -Newest 1").Expect());
        string tomorrow = TimeProvider.System.GetLocalNow().AddDays(1).ToString("s", CultureInfo.InvariantCulture);
        Assert.Empty(_other.Run($"Get-SlicePoolEvent -Since {tomorrow}").Expect());
    }

    // Its fleet is not the one that commands look in where none is named.
    [Fact]
    public void A_copy_of_a_pool_tells_of_its_own_fleet_in_the_store_that_is_named() => Assert.Equal(
        ["PoolOpened", "6"],
        _mine.Run("""
            $pool = New-SlicePool copied -TpuType v4-16
            $copy = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($pool))
            Remove-SlicePool copied
            $PSDefaultParameterValues.Remove('*-Slice*:Fleet')
            @(Get-SlicePoolEvent -Pool $copy)[0].Kind.ToString()
            """).Texts.Append($"{Count("Get-SliceHost")}"));

    private int Count(string script) => CountIn(_other, script);

    private static int CountIn(Engine engine, string script) => engine.Run(script).Expect().Count;
}
