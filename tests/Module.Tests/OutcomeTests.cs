using System.Management.Automation;
using Eformer.Pool.Module.Tests.Engines;

namespace Eformer.Pool.Module.Tests;

/// <summary>Each way in which a run can end on a host.</summary>
[Collection(LocalPoolGroup.Name)]
public class OutcomeTests(LocalPool local)
{
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

    [Fact]
    public void A_message_longer_than_an_entry_of_the_log_loses_nothing()
    {
        EngineResult result = local.Run($$"""$pool | Invoke-OnEachHost { if ({{LocalPool.IsHost12}}) { throw ('x' * 300000) }; 'fine' }""");
        Assert.Equal(7, result.Output.Count);
        Assert.Equal(300000, Assert.Single(result.Errors).Exception.Message.Length);
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
    public void Output_beyond_its_limit_is_cut_with_a_typed_error()
    {
        EngineResult result = local.Run("""
            $pool | Invoke-OnEachHost -Slice 0 -HostId 0 { $text = [string]::new([char]'x', 1MB); foreach ($i in 1..140) { $text } } |
                ForEach-Object { $_.Length }
            """);
        ErrorRecord error = result.ExpectError("OutputTruncated");
        Assert.Equal(ErrorCategory.LimitsExceeded, error.CategoryInfo.Category);
        Assert.Matches(@"its output was cut: 14\d,\d{3},\d{3} bytes were written, and 134,217,728 are kept", error.ToString());
        Assert.InRange(result.Output.Count, 100, 139);
    }

    [Fact]
    public void A_script_that_takes_too_long_is_stopped()
    {
        EngineResult result = local.Run(
            $$"""$pool | Invoke-OnEachHost -TimeoutSec 1 { if ({{LocalPool.IsHost12}}) { while ($true) { [Threading.Thread]::Sleep(20) } }; 'fine' }""");
        Assert.Equal(7, result.Output.Count);
        Assert.EndsWith("/2", result.ExpectError("HostTimeout").TargetObject.ToString());
    }
}
