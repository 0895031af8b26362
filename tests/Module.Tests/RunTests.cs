using System.Management.Automation;
using Eformer.Pool.Module.Tests.Engines;

namespace Eformer.Pool.Module.Tests;

/// <summary>What goes to the hosts and what comes back.</summary>
[Collection(LocalPoolGroup.Name)]
public class RunTests(LocalPool local)
{
    [Fact]
    public void Every_host_answers_and_says_which_it_is()
    {
        IReadOnlyList<PSObject> output = local.Run("""$pool | Invoke-OnEachHost { "$env:TPU_SLICE_NAME/$env:TPU_HOST_ID" }""").Expect();
        Assert.Equal(8, output.Select(item => item.ToString()).Distinct().Count());
        Assert.All(output, item => Assert.Equal(item.ToString(), item.Properties["PSComputerName"].Value.ToString()));
    }

    [Fact]
    public void The_host_on_an_object_compares_with_text()
    {
        IReadOnlyList<PSObject> output = local.Run("""
            $all = @($pool | Invoke-OnEachHost { 1 })
            $name = "$($all[3].PSComputerName)"
            @($all | Where-Object PSComputerName -eq $name).Count
            $all[3].PSComputerName.GetType().Name
            """).Expect();
        Assert.Equal(["1", "HostAddress"], output.Select(item => item.ToString()));
    }

    [Fact]
    public void Objects_come_bare_when_asked_for() =>
        Assert.All(
            local.Run("$pool | Invoke-OnEachHost { 'x' } -HideComputerName").Expect(),
            item => Assert.Null(item.Properties["PSComputerName"]));

    [Fact]
    public void Null_and_lists_keep_their_shape() =>
        Assert.Equal(
            ["null", "1 2 3"],
            local.Run("""
                $pool | Invoke-OnEachHost { $null; , @(1, 2, 3) } -Slice 0 -HostId 0 |
                    ForEach-Object { if ($null -eq $_) { 'null' } else { "$_" } }
                """).Texts);

    [Fact]
    public void Objects_keep_the_types_that_remoting_keeps() => Assert.Equal(
        [
            "DateTime", "Guid", "TimeSpan", "Version", "Uri", "Byte[]", "Decimal", "Char", "XmlDocument", "UInt64", "Boolean", "Double",
            "Deserialized.System.Collections.Hashtable", "Deserialized.System.Collections.Specialized.OrderedDictionary",
            "Deserialized.System.DayOfWeek", "Deserialized.System.IO.DirectoryInfo", "Deserialized.Mine",
        ],
        local.Run("""
            $pool | Invoke-OnEachHost -Slice 0 -HostId 0 {
                class Mine { $A = 1 }
                [datetime]::new(2020, 1, 2); [guid]::Empty; [timespan]::FromHours(1); [version]'1.2'; [uri]'http://a/'; , [byte[]](1, 2); 1.5d; [char]'x'
                [xml]'<a/>'; [uint64]::MaxValue; $true; [double]::NaN; @{ a = 1 }; [ordered]@{ b = 1 }; [DayOfWeek]::Monday; [IO.DirectoryInfo]::new('/usr'); [Mine]::new()
            } | ForEach-Object { if ($_.PSTypeNames[0] -like 'Deserialized*') { $_.PSTypeNames[0] } else { $_.GetType().Name } }
            """).Expect().Select(item => item.ToString()));

    [Fact]
    public void Arguments_arrive() =>
        Assert.Equal(
            ["3 null b 1,2 v <x>&"],
            local.Run("""
                $pool | Invoke-OnEachHost -Slice 0 -HostId 0 -ArgumentList 3, $null, 'b', @(1, 2), @{ k = 'v' }, '<x>&' {
                    param($a, $b, $c, $d, $e, $f)
                    "$a $(if ($null -eq $b) { 'null' }) $c $($d -join ',') $($e.k) $f"
                }
                """).Texts);

    [Fact]
    public void The_environment_is_set_for_this_run_only()
    {
        Assert.Equal(
            ["a=b c"],
            local.Run("$pool | Invoke-OnEachHost { $env:MY_VALUE } -Environment @{ MY_VALUE = 'a=b c' } -Slice 1 -HostId 3").Texts);
        Assert.Equal([""], local.Run("""$pool | Invoke-OnEachHost { "$env:MY_VALUE" } -Slice 1 -HostId 3""").Texts);
    }

    [Fact]
    public void A_session_remembers_and_a_process_does_not()
    {
        local.Run("$pool | Invoke-OnEachHost { $kept = 42 } -Isolation Session").Expect();
        Assert.All(local.Run("$pool | Invoke-OnEachHost { $kept } -Isolation Session").Expect(), item => Assert.Equal("42", item.ToString()));
        Assert.All(local.Run("""$pool | Invoke-OnEachHost { "$kept" } -Isolation Process""").Expect(), item => Assert.Equal("", item.ToString()));
        Assert.Equal(16, local.Run("""
            $pool | Invoke-OnEachHost { $PID } -Isolation Process
            $pool | Invoke-OnEachHost { $PID } -Isolation Process
            """).Expect().Select(item => item.ToString()).Distinct().Count());
    }

    [Fact]
    public void A_fresh_runspace_remembers_nothing_in_the_same_process()
    {
        string[][] rounds = [.. Enumerable.Range(0, 2).Select(_ => local.Run(
            """$pool | Invoke-OnEachHost { $global:seen++; "$PID $seen $env:EXECUTOR_CALL_SLICE/$env:TPU_HOST_ID" } -Isolation Runspace""").Texts.Order().ToArray())];
        Assert.Equal(8, rounds[0].Distinct().Count());
        Assert.All(rounds[0], text => Assert.Equal("1", text.Split(' ')[1]));
        Assert.Equal(rounds[0], rounds[1]);
    }

    [Fact]
    public void Without_a_device_type_the_session_is_what_a_run_gets()
    {
        local.Run("$pool | Invoke-OnEachHost { $byDefault = 43 }").Expect();
        Assert.Equal(Enumerable.Repeat("43", 8), local.Run("$pool | Invoke-OnEachHost { $byDefault }").Texts);
    }

    [Fact]
    public void Slices_and_hosts_can_be_chosen()
    {
        string[] where = [.. local.Run("""
            $pool | Invoke-OnEachHost { "$env:EXECUTOR_CALL_SLICE/$env:TPU_HOST_ID" } -Slice 1 -HostId 0, 3
            $pool | Invoke-OnEachHost { "$env:EXECUTOR_CALL_SLICE/$env:TPU_HOST_ID" } -HostId 2
            """).Texts.Order()];
        Assert.Equal(["0/2", "1/0", "1/2", "1/3"], where);
    }

    [Theory]
    [InlineData("-Slice 2")]
    [InlineData("-HostId 4")]
    public void What_is_not_there_cannot_be_chosen(string choice)
    {
        EngineResult result = local.Run($"try {{ $pool | Invoke-OnEachHost {{ 1 }} {choice} }} catch {{ $_.FullyQualifiedErrorId }}");
        Assert.StartsWith("InvalidSelection,", Assert.Single(result.Expect()).ToString());
    }

    [Fact]
    public void Many_objects_arrive_whole_and_in_order() =>
        Assert.Equal(
            "80000 True",
            Assert.Single(local.Run("""
                $next = @{}; $count = 0; $inOrder = $true
                foreach ($n in ($pool | Invoke-OnEachHost { 1..10000 })) {
                    $from = "$($n.PSComputerName)"
                    if ($n -ne [int] $next[$from] + 1) { $inOrder = $false }
                    $next[$from] = [int] $n
                    $count++
                }
                "$count $inOrder"
                """).Texts));
}
