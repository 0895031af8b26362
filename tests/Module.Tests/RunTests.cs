using System.Management.Automation;
using Eformer.Pool.Module.Tests.Engines;

namespace Eformer.Pool.Module.Tests;

/// <summary>What a run gives back, for each way in which it can end.</summary>
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
    public void One_host_that_throws_costs_its_own_result_only()
    {
        EngineResult result = local.Run($$"""$pool | Invoke-OnEachHost { if ({{LocalPool.IsHost12}}) { throw 'boom' }; 'fine' }""");
        Assert.Equal(7, result.Output.Count);
        Assert.Null(result.Failure);
        ErrorRecord error = Assert.Single(result.Errors);
        Assert.Equal("boom", error.FullyQualifiedErrorId);
        Assert.Equal("boom", error.Exception.Message);
        Assert.Equal(ErrorCategory.OperationStopped, error.CategoryInfo.Category);
        Assert.Matches(@"^\[.+/2\] boom$", error.ToString());
        Assert.EndsWith("/2", PSObject.AsPSObject(error).Properties["PSComputerName"].Value.ToString());
    }

    [Fact]
    public void Errors_keep_their_id_their_kind_and_their_stack()
    {
        EngineResult result = local.Run("""
            $pool | Invoke-OnEachHost -Slice 0 -HostId 1 {
                function Get-It { [CmdletBinding()] param()
                    $PSCmdlet.WriteError([Management.Automation.ErrorRecord]::new([InvalidOperationException]::new('no'), 'MyId', 'ResourceBusy', 'it'))
                }
                Get-It
                'went on'
            }
            """);
        Assert.Equal("went on", Assert.Single(result.Texts));
        ErrorRecord error = Assert.Single(result.Errors);
        Assert.Equal("MyId,Get-It", error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.ResourceBusy, error.CategoryInfo.Category);
        Assert.Equal("it", error.CategoryInfo.TargetName);
        Assert.Equal("InvalidOperationException", error.CategoryInfo.Reason);
        Assert.Contains("Get-It", error.ScriptStackTrace);
    }

    [Theory]
    [InlineData("exit 3", "exit code 3", 3)]
    [InlineData("[Environment]::FailFast('x')", "SIGABRT", null)]
    [InlineData("[Environment]::Exit(9)", "9", 9)]
    public void A_host_that_ends_badly_is_one_error(string how, string evidence, int? exitCode)
    {
        EngineResult result = local.Run($$"""$pool | Invoke-OnEachHost { if ({{LocalPool.IsHost12}}) { {{how}} }; 'fine' }""");
        Assert.Equal(7, result.Output.Count);
        ErrorRecord error = result.ExpectError("HostScriptFailed");
        Assert.Null(result.Failure);
        Assert.Contains(evidence, error.ToString());
        Assert.EndsWith("/2", error.TargetObject.ToString());
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
        if (exitCode is not null)
        {
            Assert.Equal(exitCode, PSObject.AsPSObject(error.Exception).Properties["ExitCode"].Value);
        }

        Assert.Equal(8, local.Run("$pool | Invoke-OnEachHost { 1 }").Expect().Count);
    }

    [Fact]
    public void Results_come_one_per_host_in_order_and_without_errors()
    {
        EngineResult result = local.Run($$"""
            $pool | Invoke-OnEachHost -AsResult { "one"; "two"; if ({{LocalPool.IsHost12}}) { throw 'boom' } } |
                ForEach-Object { "$($_.SliceId)/$($_.HostId) $($_.Outcome) $($_.HadErrors) $($_.Output -join '+') $($_.Errors.Count) $($_.Attempt)" }
            """);
        Assert.Equal(
            from slice in Enumerable.Range(0, 2)
            from host in Enumerable.Range(0, 4)
            select slice == 1 && host == 2 ? "1/2 Failed True one+two 1 1" : $"{slice}/{host} Succeeded False one+two 0 1",
            result.Expect().Select(item => item.ToString()));
    }

    [Fact]
    public void A_result_says_when_it_ran() =>
        Assert.Equal(
            "True True True True",
            Assert.Single(local.Run("""
                $r = $pool | Invoke-OnEachHost -AsResult -Slice 0 -HostId 0 { [Threading.Thread]::Sleep(50) }
                "$($r.Started -ge $r.Queued.AddSeconds(-1)) $($r.Ended -ge $r.Started) $($r.Duration.TotalMilliseconds -ge 40) $($null -eq $r.ExitCode)"
                """).Texts));

    [Fact]
    public void A_script_that_takes_too_long_is_stopped()
    {
        EngineResult result = local.Run(
            $$"""$pool | Invoke-OnEachHost -TimeoutSec 1 { if ({{LocalPool.IsHost12}}) { while ($true) { [Threading.Thread]::Sleep(20) } }; 'fine' }""");
        Assert.Equal(7, result.Output.Count);
        Assert.EndsWith("/2", result.ExpectError("HostTimeout").TargetObject.ToString());
    }

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
