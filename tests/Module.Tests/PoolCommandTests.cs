using System.Management.Automation;
using Eformer.Pool.Module.Tests.Engines;

namespace Eformer.Pool.Module.Tests;

/// <summary>Pools and members as commands give them.</summary>
[Collection(LocalPoolGroup.Name)]
public class PoolCommandTests(LocalPool local)
{
    [Fact]
    public void The_pool_is_found_by_name_and_is_the_same_object() =>
        Assert.Equal(
            ["True", "True", "1"],
            local.Run("""
                [object]::ReferenceEquals($pool, (Get-SlicePool $pool.Name))
                [object]::ReferenceEquals($pool, (Get-SlicePool "$($pool.Name.Substring(0, 3))*" | Where-Object Name -eq $pool.Name))
                @(Get-SlicePool | Where-Object Name -eq $pool.Name).Count
                """).Texts);

    [Fact]
    public void The_pool_says_what_it_holds() =>
        Assert.Equal("2 4 8 Active local True", Assert.Single(local.Run(
            "\"$($pool.SliceCount) $($pool.HostsPerSlice) $($pool.HostCount) $($pool.State) $($pool.Store) $($pool.IsOwned)\"").Texts));

    [Theory]
    [InlineData("Invoke-OnEachHost $pool { 1 }")]
    [InlineData("Invoke-OnEachHost -Pool $pool { 1 }")]
    [InlineData("Invoke-OnEachHost -Pool $pool.Name -ScriptBlock { 1 }")]
    [InlineData("Invoke-OnEachHost $pool.Name { 1 }")]
    [InlineData("$pool.Name | Invoke-OnEachHost { 1 }")]
    [InlineData("Invoke-OnEachHost { 1 } -Pool $pool")]
    public void A_pool_can_be_given_in_many_ways(string script) => Assert.Equal(8, local.Run(script).Expect().Count);

    // As Start-Job, Export-Clixml and Invoke-Command do it.
    [Theory]
    [InlineData("$copy | Invoke-OnEachHost { 1 }")]
    [InlineData("Invoke-OnEachHost $copy { 1 }")]
    [InlineData("Invoke-OnEachHost { 1 } -Pool $copy")]
    [InlineData("Invoke-OnEachHost -Pool @($copy) -Command Get-Command")]
    [InlineData("$copy | Invoke-OnEachSlice { 1 }")]
    [InlineData("$copy | Get-SlicePoolMember")]
    [InlineData("Resize-SlicePool $copy 1")]
    [InlineData("$copy | Clear-SlicePool")]
    [InlineData("$copy | Remove-SlicePool")]
    [InlineData("Disconnect-SlicePool $copy")]
    [InlineData("Test-SlicePool $copy")]
    [InlineData("Initialize-SlicePool $copy")]
    [InlineData("Get-SlicePoolEvent -Pool $copy")]
    [InlineData("$copy | Get-SlicePoolEvent")]
    [InlineData("Get-SlicePoolEvent @($copy)")]
    [InlineData("Get-SlicePoolEvent -Pool $copy -Store 127.0.0.1:1")]
    [InlineData("Get-SliceHost -Pool $copy -Store 127.0.0.1:1")]
    [InlineData("Suspend-SliceHost h0 -Pool $copy -Store 127.0.0.1:1")]
    public void A_copy_of_a_pool_of_another_session_says_where_the_pool_is(string script)
    {
        ErrorRecord error = local.Run($$"""
            $copy = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($pool).Replace($pool.Fleet, 'elsewhere'))
            {{script}}
            """).ExpectError("PoolIsCopy");
        Assert.Contains("lives in the session that made it", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("-AsJob", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Contains("Connect-SlicePool", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void A_copy_of_a_pool_of_this_session_is_that_pool() => Assert.Equal(8, local.Run("""
        $copy = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($pool))
        $copy | Invoke-OnEachHost { 1 }
        """).Expect().Count);

    [Fact]
    public void A_copy_of_a_pool_of_this_session_tells_of_that_pool_only() => Assert.Equal("True", Assert.Single(local.Run("""
        $copy = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($pool))
        @($copy | Get-SlicePoolEvent | ForEach-Object Pool)[0] -eq $pool.Name
        """).Texts));

    [Fact]
    public void A_copy_of_a_pool_may_be_input() => Assert.Equal("True", Assert.Single(local.Run("""
        $copy = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($pool))
        $seen = $copy | Invoke-OnEachHost { @($input)[0].Name } -Pool $pool -Slice 0 -HostId 0
        "$seen" -eq $pool.Name
        """).Texts));

    [Fact]
    public void One_bad_pool_does_not_cost_the_others()
    {
        EngineResult result = local.Run("'none', $pool | Invoke-OnEachHost { 1 }");
        Assert.Equal(8, result.Output.Count);
        result.ExpectError("PoolNotFound");
    }

    [Fact]
    public void Members_are_slices_or_hosts()
    {
        Assert.Equal(
            ["4 1", "4 1"],
            local.Run("""$pool | Get-SlicePoolMember | ForEach-Object { "$($_.HostCount) $([int] $_.Healthy)" }""").Texts);
        IReadOnlyList<PSObject> hosts = local.Run("Get-SlicePoolMember $pool -Level Host").Expect();
        Assert.Equal(8, hosts.Count);
        Assert.Equal(8, hosts.Select(host => host.Properties["Node"].Value).Distinct().Count());
        Assert.All(hosts, host => Assert.Equal(true, host.Properties["Healthy"].Value));
    }

    [Fact]
    public void Pools_and_members_print_as_tables()
    {
        Assert.Matches(@"Name\s+State\s+Slices\s+Hosts\s+Fleet\s+Store\s+Owner", local.Engine.Print("$pool"));
        Assert.Matches(@"Slice\s+Hosts\s+Healthy", local.Engine.Print("$pool | Get-SlicePoolMember"));
        string hosts = local.Engine.Print("$pool | Get-SlicePoolMember -Level Host");
        Assert.Matches(@"Host\s+Node\s+Devices\s+Healthy\s+Failed", hosts);
        Assert.Equal(8, hosts.Split("True").Length - 1);
    }

    [Fact]
    public void Results_print_as_a_table()
    {
        string text = local.Engine.Print("$pool | Invoke-OnEachHost { 'hi' } -AsResult");
        Assert.Equal(8, text.Split("Succeeded").Length - 1);
    }
}
