using System.Management.Automation;
using Eformer.Pool.Module.Tests.Engines;

namespace Eformer.Pool.Module.Tests;

/// <summary>Cmdlets of remote functions, on hosts that give what a test says.</summary>
[Collection(LocalPoolGroup.Name)]
public sealed class TypedCommandTests : IDisposable
{
    private const string Ends = "'0 End Succeeded', '1 End Succeeded'";
    private readonly LocalPool _local;

    public TypedCommandTests(LocalPool local)
    {
        _local = local;
        local.Run("param($Fixture) Import-Module $Fixture", Places.Fixture).Expect();
    }

    public void Dispose() => _local.Run("Get-Job | Remove-Job -Force; Remove-Module Module.Fixture").Expect();

    [Fact]
    public void Objects_are_of_the_function_s_own_type_and_name_their_host() => Assert.Equal(
        ["Eformer.Pool.Module.Fixture.Echo fake/0 7", "Eformer.Pool.Module.Fixture.Echo fake/1 7"],
        _local.Run("$pool | Invoke-Echo -Options @{ Steps = 7 } | ForEach-Object { \"$($_.GetType()) $($_.PSComputerName) $($_.Options.Steps)\" }").Expect().Select(item => item.ToString()));

    [Fact]
    public void A_pool_is_piped_or_the_first_argument_or_a_name() => Assert.Equal(
        ["2", "2", "2", "2"],
        _local.Run("""
            @($pool | Invoke-Echo).Count
            @(Invoke-Echo $pool @{ Steps = 1 }).Count
            @(Invoke-Echo -Pool $pool.Name).Count
            @($pool.Name | Invoke-Echo).Count
            """).Texts);

    [Fact]
    public void Each_pool_gets_its_own_run() => Assert.Equal("4", Assert.Single(_local.Run("@($pool, $pool | Invoke-Echo).Count").Texts));

    [Fact]
    public void The_note_of_the_host_can_be_left_out() => Assert.Equal(
        ["True", "True"], _local.Run("$pool | Invoke-Echo -HideComputerName | ForEach-Object { $null -eq $_.PSComputerName }").Texts);

    [Fact]
    public void Items_of_a_stream_are_written_one_by_one() => Assert.Equal(
        ["1 2 3", "True"],
        _local.Run($$$"""
            $all = @($pool | Invoke-Echo -Record '0 Value {"Options":{"Steps":1}}|{"Options":{"Steps":2}}', '0 Value {"Options":{"Steps":3}}', {{{Ends}}})
            "$($all.Options.Steps)"
            $all.Count -eq 3
            """).Texts);

    [Fact]
    public void A_list_is_written_as_its_items() => Assert.Equal(
        ["a fake/0", "b fake/0"], _local.Run("$pool | Invoke-List | ForEach-Object { \"$($_.Path) $($_.PSComputerName)\" }").Texts);

    [Fact]
    public void A_function_without_a_result_writes_nothing() => Assert.Empty(_local.Run("$pool | Invoke-Nothing").Expect());

    [Fact]
    public void Null_is_null() => Assert.Equal("1 True", Assert.Single(_local.Run($"$all = @($pool | Invoke-Echo -Record '0 Value null', {Ends}); \"$($all.Count) $($null -eq $all[0])\"").Texts));

    [Fact]
    public void What_a_function_threw_is_an_error_of_its_host_and_the_others_results_stay()
    {
        EngineResult result = _local.Run("""
            $fault = '{"type":"Acme.TooHot","message":"too hot","stackTrace":"at Acme.Oven","inner":{"type":"Acme.Why","message":"why"}}'
            $pool | Invoke-Echo -Record "0 Fault $fault", '0 End Failed threw', '1 Value {}', '1 End Succeeded'
            """);
        Assert.Single(result.Output);
        ErrorRecord error = result.ExpectError("RemoteFunctionFailed");
        Assert.Equal("[fake/0] too hot", error.ToString());
        Assert.Equal("fake/0", new PSObject(error).Properties["PSComputerName"].Value.ToString());
        RemoteException thrown = Assert.IsType<RemoteException>(error.Exception);
        Assert.Equal(("Acme.TooHot", "at Acme.Oven", "why"), (thrown.RemoteType, thrown.RemoteStackTrace, thrown.InnerException!.Message));
    }

    [Fact]
    public void A_host_that_ends_otherwise_is_an_error_with_its_id() => Assert.Equal(
        ["HostTimeout", "HostLost"], _local.Run("$pool | Invoke-Echo -Record '0 End TimedOut', '1 End HostLost'").ErrorIds);

    [Fact]
    public void A_value_of_another_shape_is_an_error_that_names_the_host()
    {
        EngineResult result = _local.Run($"$pool | Invoke-Echo -Record '0 Value {{\"Options\":{{\"Steps\":\"many\"}}}}', '1 Value {{}}', {Ends}");
        Assert.Single(result.Output);
        Assert.Contains("Steps", result.ExpectError("ResultUnreadable").ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Value")]
    [InlineData("Fault")]
    [InlineData("Report")]
    public void What_is_no_JSON_is_an_error(string kind) => Assert.Contains(
        Assert.Single(_local.Run($"$pool | Invoke-Echo -Record '0 {kind} <', {Ends}").ErrorIds), (string[])["ResultUnreadable", "HostDataUnreadable"]);

    [Fact]
    public void Results_hold_typed_objects_and_faults()
    {
        EngineResult result = _local.Run("""
            $pool | Invoke-Echo -AsResult -Record '0 Value {"Options":{"Steps":5}}', '0 End Succeeded', '1 Fault {"type":"T","message":"no"}', '1 End Failed threw' |
                ForEach-Object { "$($_.HostId) $($_.Outcome) $($_.Output.Options.Steps) $($_.Errors)" }
            """);
        Assert.Equal(["0 Succeeded 5 ", "1 Failed  [fake/1] no"], result.Expect().Select(item => item.ToString()));
    }

    [Fact]
    public void Coverage_is_required_as_of_scripts() => Assert.Equal(
        ["HostTimeout", "CoverageNotMet"], _local.Run("$pool | Invoke-Echo -Require All -Record '0 End TimedOut', '1 End Succeeded'").ErrorIds);

    [Fact]
    public void Values_of_an_attempt_that_is_made_again_do_not_count_in_results() => Assert.Equal(
        ["2"],
        _local.Run("""
            $records = '0 Value {"Options":{"Steps":1}}', '0 Retry Failed threw', '0 Value {"Options":{"Steps":2}}', '0 End Succeeded', '1 End Succeeded'
            $pool | Invoke-Echo -AsResult -Record $records 3> $null | ForEach-Object { $_.Output } | ForEach-Object { $_.Options.Steps }
            """).Texts);

    [Fact]
    public void Reports_are_progress_and_the_bar_is_completed()
    {
        EngineResult result = _local.Run($"$pool | Invoke-Echo -Record '0 Report 0', '0 Report 0.5', '0 Report \"warm\"', '0 Report 1', '1 Report 40', '1 Report 4711', {Ends}");
        Assert.Equal(
            ["0 0 %", "50 50 %", "50 warm", "100 100 %", "40 40 %", "40 4711"],
            result.Progress.Where(bar => bar.RecordType == ProgressRecordType.Processing).Select(bar => $"{bar.PercentComplete} {bar.StatusDescription}"));
        Assert.Equal(2, result.Progress.Count(bar => bar.RecordType == ProgressRecordType.Completed));
        Assert.Equal("[fake/0] Invoke-Echo", result.Progress[0].Activity);
    }

    [Fact]
    public void A_job_has_typed_objects_and_a_failed_child()
    {
        EngineResult result = _local.Run("""
            $job = $pool | Invoke-Echo -AsJob -Record '0 Value {"Options":{"Steps":5}}', '0 End Succeeded', '1 Fault {"type":"T","message":"no"}', '1 End Failed threw'
            $null = $job | Wait-Job
            "$($job.State) $($job.Command) $($job.ChildJobs[1].JobStateInfo.Reason.ErrorRecord.FullyQualifiedErrorId)"
            $job | Receive-Job | ForEach-Object { "$($_.GetType().Name) $($_.Options.Steps) $($_.PSComputerName)" }
            """);
        Assert.Equal(["Failed Invoke-Echo RemoteFunctionFailed", "Echo 5 fake/0"], result.Texts);
        Assert.Equal("[fake/1] no", Assert.Single(result.Errors).ToString());
    }

    [Fact]
    public void The_end_of_the_pipeline_stops_the_run() => Assert.Equal(
        ["enough 1 1"],
        _local.Run("""
            function Get-First { [CmdletBinding()] param([Parameter(ValueFromPipeline)] $Item) process { throw 'enough' } }
            $before = [Eformer.Pool.Module.Fixture.FakeRun]::Stopped
            $seen = 0
            try { $pool | Invoke-Echo -Record '0 Value {}' | ForEach-Object { $seen++; $_ } | Get-First } catch { $why = "$_" }
            "$why $seen $([Eformer.Pool.Module.Fixture.FakeRun]::Stopped - $before)"
            """).Texts);

    [Fact]
    public void A_stop_of_the_pipeline_stops_the_run()
    {
        _local.Run("$before = [Eformer.Pool.Module.Fixture.FakeRun]::Stopped").Expect();
        Assert.Single(_local.Engine.RunAndStop("$pool | Invoke-Echo -Record '0 Value {}'", output => output.Count == 1).Output);
        Assert.Equal("1", Assert.Single(_local.Run("[Eformer.Pool.Module.Fixture.FakeRun]::Stopped - $before").Texts));
    }

    [Fact]
    public void An_argument_that_cannot_be_sent_is_refused_before_anything_is_done()
    {
        ErrorRecord error = _local.Run("$pool | Invoke-Echo -Options @{ Steps = 1; Rate = [double]::NaN }").ExpectError("ParameterArgumentTransformationError");
        Assert.Contains("'Rate'", error.ToString(), StringComparison.Ordinal);
    }
}
