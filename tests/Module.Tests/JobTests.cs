using System.Management.Automation;
using Eformer.Pool.Module.Jobs;
using Eformer.Pool.Module.Tests.Engines;

namespace Eformer.Pool.Module.Tests;

/// <summary>Runs as jobs, with the commands that pwsh has for jobs.</summary>
[Collection(LocalPoolGroup.Name)]
public sealed class JobTests(LocalPool local) : IDisposable
{
    private const string Endless = "{ 'started'; while ($true) { [Threading.Thread]::Sleep(20) } }";

    public void Dispose() => Assert.Empty(local.Run("Get-Job | Remove-Job -Force; Get-Job").Expect());

    [Fact]
    public void A_job_has_a_child_for_each_host_in_order()
    {
        string[] texts = [.. local.Run("""
            $job = $pool | Invoke-OnEachHost { "$env:TPU_SLICE_NAME/$env:TPU_HOST_ID" } -AsJob
            $job.PSJobTypeName
            $job.Location -eq $pool.Name
            $null = Wait-Job $job
            $job.State
            $job.StatusMessage
            foreach ($child in $job.ChildJobs) { $own = Receive-Job $child; "$own" -eq $child.Name; "$($own.PSComputerName)" -eq $child.Name; $child.State }
            """).Expect().Select(item => item.ToString())];
        Assert.Equal(["SlicePoolRun", "True", "Completed", "8 of 8 hosts ended"], texts[..4]);
        Assert.Equal(Enumerable.Repeat(new[] { "True", "True", "Completed" }, 8).SelectMany(three => three), texts[4..]);
    }

    [Fact]
    public void Receive_Job_gives_everything_once_or_keeps_it() => Assert.Equal(["8 8 0", "False"], local.Run("""
        $job = $pool | Invoke-OnEachHost { 1 } -AsJob
        $null = $job | Wait-Job
        "$(@($job | Receive-Job -Keep).Count) $(@($job | Receive-Job).Count) $(@($job | Receive-Job).Count)"
        $job.HasMoreData
        """).Texts);

    [Fact]
    public void Receive_Job_waits_and_removes() => Assert.Equal(["8", "0"], local.Run("""
        @($pool | Invoke-OnEachHost { [Threading.Thread]::Sleep(200); 1 } -AsJob | Receive-Job -Wait -AutoRemoveJob).Count
        @(Get-Job).Count
        """).Texts);

    [Fact]
    public void It_is_found_by_name_id_and_state() => Assert.Equal(["True True True True True"], local.Run($$"""
        $job = $pool | Invoke-OnEachHost {{Endless}} -AsJob
        $same = (Get-Job -Name $job.Name), (Get-Job -Id $job.Id), (Get-Job -InstanceId $job.InstanceId), (Get-Job -State Running), (Get-Job -Command '*started*')
        ($same | ForEach-Object { $_ -eq $job }) -join ' '
        """).Texts);

    [Fact]
    public void A_host_that_fails_is_a_failed_child_with_a_reason_and_one_error()
    {
        EngineResult result = local.Run($$"""
            $job = $pool | Invoke-OnEachHost { if ({{LocalPool.IsHost12}}) { throw 'boom' }; 'fine' } -AsJob
            $null = $job | Wait-Job
            $job.State
            $failed = @($job.ChildJobs | Where-Object State -eq Failed)
            "$($failed.Count) $($failed.JobStateInfo.Reason.ErrorRecord.FullyQualifiedErrorId)"
            @($job | Receive-Job).Count
            """);
        Assert.Equal(["Failed", "1 boom", "7"], result.Texts);
        Assert.Matches(@"^\[.+/2\] boom$", Assert.Single(result.Errors).ToString());
    }

    [Fact]
    public void A_host_that_ends_badly_says_how()
    {
        EngineResult result = local.Run($$"""
            $job = $pool | Invoke-OnEachHost { if ({{LocalPool.IsHost12}}) { exit 3 } } -AsJob
            $null = $job | Wait-Job
            $reason = $job.ChildJobs[6].JobStateInfo.Reason
            "$($job.State) $($reason.ErrorId) $($reason.ExitCode) $($job.ChildJobs[6].StatusMessage)"
            $job | Receive-Job -ErrorAction SilentlyContinue
            """);
        Assert.StartsWith("Failed HostScriptFailed 3 Failed: ", Assert.Single(result.Texts));
    }

    [Fact]
    public void Stop_Job_stops_the_run_on_its_hosts()
    {
        EngineResult result = local.Run($$"""
            $job = $pool | Invoke-OnEachHost {{Endless}} -AsJob
            while (@($job | Receive-Job -Keep).Count -lt 8) { [Threading.Thread]::Sleep(20) }
            $job | Stop-Job
            $job.State
            @($job.ChildJobs | Where-Object State -eq Stopped).Count
            @($pool | Invoke-OnEachHost { 1 }).Count
            """);
        Assert.Equal(["Stopped", "8", "8"], result.Expect().Select(item => item.ToString()));
    }

    [Fact]
    public void Stopping_the_job_of_one_host_stops_the_run() => Assert.Equal(["Stopped 8"], local.Run($$"""
        $job = $pool | Invoke-OnEachHost {{Endless}} -AsJob
        while (@($job | Receive-Job -Keep).Count -lt 8) { [Threading.Thread]::Sleep(20) }
        Stop-Job $job.ChildJobs[3]
        $null = $job | Wait-Job
        "$($job.State) $(@($job.ChildJobs | Where-Object State -eq Stopped).Count)"
        """).Expect().Select(item => item.ToString()));

    // Whatever a host does at that moment: it waits for its next attempt, or its script is stopped, or has just failed.
    [Fact]
    public void What_is_stopped_between_two_attempts_is_stopped() => Assert.Equal(["Stopped 8", "Cancelled"], local.Run("""
        $job = $pool | Invoke-OnEachHost { exit 3 } -MaxFailureRetry 1000 -AsJob
        while (@($job.ChildJobs | Where-Object { $_.Warning.Count -lt 3 }).Count) { [Threading.Thread]::Sleep(20) }
        $job | Stop-Job
        "$($job.State) $(@($job.ChildJobs | Where-Object State -eq Stopped).Count)"
        $seen = @{}; foreach ($child in $job.ChildJobs) { $seen[($child.StatusMessage -split ':')[0]] = 1 }
        $seen.Keys
        $job | Remove-Job
        """).Texts);

    [Fact]
    public void Events_and_the_job_come_with_the_results_when_asked_for() => Assert.Equal(["8 1 True", "0"], local.Run("""
        $all = @($pool | Invoke-OnEachHost { 1 } -AsJob | Receive-Job -Wait -WriteEvents -WriteJobInResults -AutoRemoveJob)
        $events = @($all | Where-Object { $_ -is [Management.Automation.JobStateEventArgs] -and $_.JobStateInfo.State -eq 'Completed' })
        "$(@($all | Where-Object { $_ -is [int] }).Count) $(@($all | Where-Object { $_ -is [Management.Automation.Job] }).Count) $($events.Count -ge 1)"
        @(Get-Job).Count
        """).Expect().Select(item => item.ToString()));

    [Fact]
    public void A_job_that_runs_is_removed_only_by_force()
    {
        EngineResult result = local.Run($$"""
            $job = $pool | Invoke-OnEachHost {{Endless}} -AsJob
            $job | Remove-Job
            $job.State
            $job | Remove-Job -Force
            @(Get-Job).Count
            @($pool | Invoke-OnEachHost { 1 }).Count
            """);
        Assert.Equal(["Running", "0", "8"], result.Texts);
        Assert.Single(result.Errors);
    }

    [Fact]
    public void All_streams_are_received_as_streams()
    {
        EngineResult result = local.Run("""
            $VerbosePreference = 'Continue'
            $pool | Invoke-OnEachHost -Slice 0 -HostId 0 -AsJob {
                Write-Warning 'w'; Write-Verbose 'v' -Verbose; Write-Host 'h'; Write-Error 'e'; 'o'; $null
            } | Receive-Job -Wait
            $VerbosePreference = 'SilentlyContinue'
            """);
        Assert.Equal("o", result.Texts[0]);
        Assert.Equal(["w"], result.Warnings);
        Assert.Contains("v", result.Verbose);
        Assert.Equal("h", Assert.Single(result.Information).ToString());
        Assert.Matches(@"^\[.+/0\] e$", Assert.Single(result.Errors).ToString());
    }

    [Fact]
    public void Results_come_as_results() => Assert.Equal(["Succeeded a b", "Succeeded a b"], local.Run("""
        $pool | Invoke-OnEachHost -HostId 1 { 'a'; 'b' } -AsJob -AsResult | Receive-Job -Wait | ForEach-Object { "$($_.Outcome) $($_.Output)" }
        """).Texts);

    [Theory]
    [InlineData("All", "Failed CoverageNotMet")]
    [InlineData("50%", "Failed ")]
    public void What_is_required_is_the_jobs_reason(string required, string expected) => Assert.Equal([expected], local.Run($$"""
        $job = $pool | Invoke-OnEachHost { if ({{LocalPool.IsHost12}}) { throw 'boom' } } -AsJob -Require {{required}}
        $null = $job | Wait-Job
        "$($job.State) $($job.JobStateInfo.Reason.ErrorId)"
        """).Texts);

    [Fact]
    public void What_cannot_start_is_no_job()
    {
        EngineResult result = local.Run("Invoke-OnEachHost none, $pool { 1 } -AsJob | Receive-Job -Wait");
        Assert.Equal(8, result.Output.Count);
        result.ExpectError("PoolNotFound");
        Assert.Equal("InvalidSelection", Assert.Single(local.Run("$pool | Invoke-OnEachHost { 1 } -Slice 7 -AsJob").ErrorIds));
    }

    [Fact]
    public void A_pool_that_goes_ends_its_jobs() => Assert.Equal(["True 2"], local.Run($$"""
        $short = New-SlicePool -Local -HostsPerSlice 2
        $job = $short | Invoke-OnEachHost {{Endless}} -AsJob
        while (@($job | Receive-Job -Keep).Count -lt 2) { [Threading.Thread]::Sleep(20) }
        $short | Remove-SlicePool
        $null = $job | Wait-Job
        "$($job.State -in 'Failed', 'Stopped') $(@($job.ChildJobs | Where-Object State -ne Completed).Count)"
        """).Texts);

    [Fact]
    public void States_are_those_of_outcomes()
    {
        foreach (RunOutcome outcome in Enum.GetValues<RunOutcome>())
        {
            JobState expected = outcome switch
            {
                RunOutcome.Succeeded => JobState.Completed,
                RunOutcome.Cancelled => JobState.Stopped,
                _ => JobState.Failed,
            };
            Assert.Equal(expected, JobStates.Of(new AttemptEnd { Outcome = outcome, Evidence = "" }));
        }

        Assert.Equal(JobState.Failed, JobStates.Of([JobState.Completed, JobState.Stopped, JobState.Failed]));
        Assert.Equal(JobState.Stopped, JobStates.Of([JobState.Completed, JobState.Stopped]));
        Assert.Equal(JobState.Completed, JobStates.Of([JobState.Completed]));
    }
}
