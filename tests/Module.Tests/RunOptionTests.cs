using System.Management.Automation;
using Eformer.Pool.Module.Tests.Engines;

namespace Eformer.Pool.Module.Tests;

/// <summary>Runs with names, retries, turns and company.</summary>
[Collection(LocalPoolGroup.Name)]
public sealed class RunOptionTests(LocalPool local) : IDisposable
{
    private const string Endless = "{ 'started'; while ($true) { [Threading.Thread]::Sleep(20) } }";
    private readonly string _folder = Directory.CreateTempSubdirectory("module-options-").FullName;

    public void Dispose()
    {
        local.Run("Get-Job | Remove-Job -Force; Get-SlicePoolRun | Remove-SlicePoolRun -Force").Expect();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void The_same_id_runs_once_and_gives_the_same_again()
    {
        const string Script = "$pool | Invoke-OnEachHost { [Guid]::NewGuid().ToString() } -RunId once";
        string[] first = [.. local.Run(Script).Expect().Select(item => item.ToString())];
        Assert.Equal(8, first.Distinct().Count());
        Assert.Equal(first.Order(), local.Run(Script).Texts.Order());
        Assert.Equal(first.Order(), local.Run("Receive-SlicePoolRun once").Texts.Order());
        local.Run("Remove-SlicePoolRun once").Expect();
        Assert.Empty(local.Run(Script).Texts.Intersect(first));
    }

    [Fact]
    public void An_id_is_taken_by_its_script_its_arguments_and_its_hosts()
    {
        local.Run("$null = $pool | Invoke-OnEachHost { $args } -ArgumentList 1 -Environment @{ MODE = 'a'; B = 'b' } -RunId once").Expect();
        local.Run("$null = $pool | Invoke-OnEachHost { $args } -ArgumentList 1 -Environment ([ordered]@{ B = 'b'; MODE = 'a' }) -RunId once").Expect();
        foreach ((string other, string difference) in (ReadOnlySpan<(string, string)>)
        [
            ("{ 2 } -ArgumentList 1 -Environment @{ MODE = 'a'; B = 'b' }", "another script"),
            ("{ $args } -ArgumentList 2 -Environment @{ MODE = 'a'; B = 'b' }", "other arguments"),
            ("{ $args } -ArgumentList 1 -Environment @{ MODE = 'a'; B = 'b' } -Slice 0", "other hosts"),
            ("{ $args } -ArgumentList 1 -Environment @{ MODE = 'c'; B = 'b' }", "another -Environment"),
            ("{ $args } -ArgumentList 1 -Environment @{ MODE = 'a'; B = 'b' } -Depth 3", "another -Depth"),
            ("{ $args } -ArgumentList 1", "another -Environment"),
            ("{ 2 } -Environment @{ MODE = 'a'; B = 'b' } -Slice 0", "another script, other arguments, other hosts"),
        ])
        {
            EngineResult result = local.Run($"$pool | Invoke-OnEachHost {other} -RunId once");
            Assert.Empty(result.Output);
            ErrorRecord error = result.ExpectError("RunIdInUse");
            Assert.EndsWith($"There is a run 'once' already, and this one has {difference}.", error.ToString(), StringComparison.Ordinal);
            Assert.Contains("-Environment", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        }

        Assert.Equal("RunIdInUse", Assert.Single(local.Run("$pool | Invoke-OnEachHost { 2 } -RunId once -AsJob").ErrorIds));
        Assert.Equal("InvalidName", Assert.Single(local.Run("$pool | Invoke-OnEachHost { 2 } -RunId 'a b'").ErrorIds));
    }

    [Fact]
    public void Runs_of_a_local_pool_are_found_without_arguments()
    {
        local.Run($"$job = $pool | Invoke-OnEachHost {Endless} -RunId here -AsJob; $null = $pool | Invoke-OnEachHost {{ 1 }} -WhenBusy Preempt").Expect();
        Assert.Equal(["here True Completed 8 0"], local.Run("""
            Get-SlicePoolRun | Wait-SlicePoolRun -TimeoutSec 60 | ForEach-Object { "$_ $($_.Pool -eq $pool.Name) $($_.State) $($_.Ended) $($_.Succeeded)" }
            """).Expect().Select(item => item.ToString()));
        Assert.Equal(Enumerable.Repeat("Cancelled", 8), local.Run("Get-SlicePoolRun | Receive-SlicePoolRun -AsResult | ForEach-Object { $_.Outcome }").Texts);
        Assert.Empty(local.Run("Get-SlicePoolRun | Remove-SlicePoolRun; Get-SlicePoolRun").Expect());
    }

    [Fact]
    public void Each_retry_is_a_warning_and_there_is_one_result()
    {
        EngineResult result = local.Run("""
            param($Folder)
            $pool | Invoke-OnEachHost -Slice 0 -HostId 1 -MaxFailureRetry 2 -ArgumentList $Folder -AsResult {
                $time = [IO.Directory]::GetFiles($args[0]).Length + 1
                [IO.File]::WriteAllText("$($args[0])/$time", '')
                "time $time"
                if ($time -lt 3) { throw "boom $time" }
            } | ForEach-Object { "$($_.Outcome) $($_.Attempt) $($_.Output) $($_.Errors.Count)" }
            """, _folder);
        Assert.Equal(["Succeeded 3 time 3 0"], result.Expect().Select(item => item.ToString()));
        Assert.Collection(
            result.Warnings,
            text => Assert.Matches(@"^Host .+/1: attempt 1 ended as Failed \(.*boom 1.*\); it is made again\.$", text),
            text => Assert.Matches(@"^Host .+/1: attempt 2 ended as Failed \(.*boom 2.*\); it is made again\.$", text));
    }

    [Fact]
    public void When_the_retries_are_used_up_the_last_failure_is_the_result()
    {
        EngineResult result = local.Run("$pool | Invoke-OnEachHost -Slice 0 -HostId 1 -MaxFailureRetry 1 -AsResult { exit 3 } | ForEach-Object { \"$($_.Outcome) $($_.Attempt) $($_.ExitCode)\" }");
        Assert.Equal(["Failed 2 3"], result.Texts);
        Assert.Single(result.Warnings);
    }

    [Fact]
    public void A_busy_host_refuses_and_names_the_run()
    {
        StartEndless();
        EngineResult result = local.Run("$pool | Invoke-OnEachHost { 1 }");
        Assert.Empty(result.Output);
        Assert.Equal(Enumerable.Repeat("HostBusy", 8), result.ErrorIds);
        Assert.All(result.Errors, error => Assert.Contains("busy", error.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void A_run_that_queues_starts_when_the_one_before_has_ended()
    {
        EngineResult result = local.Run("""
            param($Folder)
            $first = $pool | Invoke-OnEachHost -AsJob -ArgumentList $Folder {
                while (-not [IO.File]::Exists("$($args[0])/open")) { [Threading.Thread]::Sleep(20) }
                [IO.File]::WriteAllText("$($args[0])/$env:EXECUTOR_CALL_SLICE-$env:TPU_HOST_ID", '')
            }
            $second = $pool | Invoke-OnEachHost -AsJob -WhenBusy Queue -ArgumentList $Folder {
                [IO.File]::Exists("$($args[0])/$env:EXECUTOR_CALL_SLICE-$env:TPU_HOST_ID")
            }
            "$($first.State) $($second.State)"
            [IO.File]::WriteAllText("$Folder/open", '')
            $second | Receive-Job -Wait
            "$(($first | Wait-Job).State) $($second.State)"
            """, _folder);
        Assert.Equal(["Running Running", .. Enumerable.Repeat("True", 8), "Completed Completed"], result.Expect().Select(item => item.ToString()));
    }

    [Fact]
    public void A_run_that_preempts_ends_what_runs()
    {
        StartEndless();
        Assert.Equal(Enumerable.Repeat("mine", 8), local.Run("$pool | Invoke-OnEachHost { 'mine' } -WhenBusy Preempt -AsJob | Receive-Job -Wait").Expect().Select(item => item.ToString()));
        Assert.Equal(["Stopped"], local.Run("($job | Wait-Job).State").Texts);
        Assert.Matches("Cancelled: .*another run", Assert.Single(local.Run("$job.ChildJobs[0].StatusMessage").Texts));
    }

    [Fact]
    public void With_a_throttle_of_one_the_hosts_take_turns() => Assert.Equal(Enumerable.Repeat("alone", 8), local.Run("""
        param($Folder)
        $pool | Invoke-OnEachHost -ThrottleLimit 1 -ArgumentList "$Folder/lock" {
            [IO.File]::Open($args[0], 'CreateNew').Dispose()
            [Threading.Thread]::Sleep(50)
            [IO.File]::Delete($args[0])
            'alone'
        }
        """, _folder).Expect().Select(item => item.ToString()));

    // On every host something runs when this returns.
    private void StartEndless() => local.Run($$"""
        $job = $pool | Invoke-OnEachHost {{Endless}} -AsJob
        while (@($job | Receive-Job -Keep).Count -lt 8) { [Threading.Thread]::Sleep(20) }
        """).Expect();
}
