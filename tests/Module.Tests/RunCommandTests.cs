using Eformer.Pool.Module.Tests.Engines;

namespace Eformer.Pool.Module.Tests;

/// <summary>Runs that are listed, waited for, received, stopped and removed, from the session that sent them and from others.</summary>
public sealed class RunCommandTests : IClassFixture<SharedFleet>, IDisposable
{
    private const string Endless = "{ 'started'; while ($true) { [Threading.Thread]::Sleep(20) } }";
    private const string Half =
        "{ param($Gate) if ($env:TPU_HOST_ID -eq 1) { while (-not [IO.File]::Exists($Gate)) { [Threading.Thread]::Sleep(20) } }; 'done' }";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private readonly SharedFleet _fleet;
    private readonly Engine _mine;
    private readonly string _folder = Directory.CreateTempSubdirectory("module-runs-").FullName;

    public RunCommandTests(SharedFleet fleet)
    {
        _fleet = fleet;
        _mine = fleet.Open();
        _mine.Run("param($Gate) $pool = New-SlicePool night -TpuType v4-16", Gate).Expect();
    }

    private string Gate => Path.Combine(_folder, "open");

    public void Dispose()
    {
        _mine.Run("Get-SlicePoolRun | Remove-SlicePoolRun -Force; $pool | Remove-SlicePool; Get-Job | Remove-Job -Force").Expect();
        Assert.True(Wait.Until(() => _mine.Run("Get-SliceHost | Where-Object State -EQ Idle").Expect().Count == 6, s_patience));
        _mine.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void A_run_is_listed_and_received_again_from_another_session()
    {
        EngineResult sent = _mine.Run("""
            $pool | Invoke-OnEachHost { Write-Warning 'w'; 40 + $env:TPU_HOST_ID; if ($env:TPU_HOST_ID -eq 1) { throw 'boom' } } -RunId nightly |
                ForEach-Object { "$($_.PSComputerName) $_" }
            """);
        Assert.Equal("boom", Assert.Single(sent.ErrorIds));
        string[] lines = Elsewhere("""
            Get-SlicePoolRun @at | ForEach-Object { "$_ $($_.Pool) $($_.State) $($_.Ended)/$($_.Hosts) $($_.Succeeded)" }
            Get-SlicePoolRun n* @at | Receive-SlicePoolRun @at -AsResult | ForEach-Object { "$($_.HostId) $($_.Outcome) $($_.Output) $($_.Errors)" }
            Receive-SlicePoolRun nightly @at -WarningVariable warnings -ErrorVariable errors -ErrorAction SilentlyContinue |
                ForEach-Object { "$($_.PSComputerName) $_" }
            "$($warnings.Count) $($errors.Count) $($errors[0].FullyQualifiedErrorId)"
            """);
        Assert.Equal("nightly night Completed 2/2 1", lines[0]);
        Assert.Equal("0 Succeeded 40 ", lines[1]);
        Assert.Matches(@"^1 Failed 41 .*boom", lines[2]);
        Assert.Equal(sent.Texts.Order(), lines[3..^1].Order());
        Assert.Equal("2 1 boom", lines[^1]);
    }

    [Fact]
    public void Ids_are_completed()
    {
        _mine.Run("$null = $pool | Invoke-OnEachHost { 1 } -RunId nightly; $null = $pool | Invoke-OnEachHost { 1 } -RunId noon").Expect();
        foreach (string command in (string[])["Get", "Wait", "Receive", "Stop", "Remove"])
        {
            EngineResult completed = _mine.Run(
                "param($Line) [Management.Automation.CommandCompletion]::CompleteInput($Line, $Line.Length, $null).CompletionMatches.CompletionText",
                $"{command}-SlicePoolRun n");
            Assert.Equal(["noon", "nightly"], completed.Texts);
        }
    }

    [Fact]
    public void Waiting_ends_in_time_and_can_be_taken_up_again()
    {
        _mine.Run($"$job = $pool | Invoke-OnEachHost {Half} -ArgumentList $Gate -RunId nightly -AsJob").Expect();
        Assert.True(Wait.Until(() => Texts("(Get-SlicePoolRun nightly).Ended") is ["1"], s_patience));
        EngineResult waited = _mine.Run("Wait-SlicePoolRun nightly -TimeoutSec 1");
        Assert.Empty(waited.Output);
        Assert.Matches("'nightly' has not ended (after 1 s|yet): 1 of 2 host", waited.ExpectError("RunTimeout").ToString());
        File.WriteAllText(Gate, "");
        Assert.Equal(["nightly Completed 2 2"], Texts("""
            Get-SlicePoolRun nightly | Wait-SlicePoolRun -TimeoutSec 60 | ForEach-Object { "$_ $($_.State) $($_.Ended) $($_.Succeeded)" }
            """));
        Assert.Equal(["done", "done"], Texts("Receive-SlicePoolRun nightly"));
    }

    [Fact]
    public void The_time_to_wait_is_for_all_runs_together()
    {
        _mine.Run($"$job = $pool | Invoke-OnEachHost {Half} -ArgumentList $Gate -RunId nightly -HostId 1 -AsJob").Expect();
        EngineResult waited = _mine.Run("Wait-SlicePoolRun nightly, nightly -TimeoutSec 1");
        Assert.Equal(["RunTimeout", "RunTimeout"], waited.ErrorIds);
        Assert.Contains("'nightly' has not ended yet: 0 of 1 host", waited.Errors[1].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void With_a_device_type_each_run_gets_a_process_of_its_own() => Assert.Equal(
        4, Texts("foreach ($run in 1, 2) { $pool | Invoke-OnEachHost { $PID } }").Distinct().Count());

    [Fact]
    public void Stopping_from_another_session_cancels_it()
    {
        Start(Endless);
        string[] lines = Elsewhere("""
            Stop-SlicePoolRun nightly @at
            "$((Get-SlicePoolRun nightly @at).State)"
            Stop-SlicePoolRun nightly @at
            Receive-SlicePoolRun nightly @at -AsResult | ForEach-Object { "$($_.HostId) $($_.Outcome) $($_.Output)"; $_.Evidence }
            """);
        Assert.Equal(["Completed", "0 Cancelled started", "1 Cancelled started"], lines.Where((_, line) => line is 0 or 1 or 3));
        Assert.All([lines[2], lines[4]], text => Assert.Matches(@"^stopped on request after [\d.]+ s and 1 object", text));
        Assert.Equal(["Stopped"], Texts("($job | Wait-Job).State"));
        Assert.Equal(["1", "1"], Texts("$pool | Invoke-OnEachHost { 1 }"));
    }

    [Fact]
    public void Who_stops_receiving_does_not_stop_the_run()
    {
        Start(Endless);
        // What Select-Object -First does, which is not there without pwsh: the pipeline ends while it is being written to.
        Assert.Equal(["started"], Elsewhere("do { Receive-SlicePoolRun nightly @at | ForEach-Object { $_; break } } while ($false)"));
        Assert.Equal(["Running"], Texts("(Get-SlicePoolRun nightly).State"));
    }

    [Fact]
    public void One_that_goes_on_is_removed_only_by_force()
    {
        Start(Endless);
        Assert.Matches("'nightly' goes on: 0 of 2", _mine.Run("Remove-SlicePoolRun nightly").ExpectError("RunActive").ToString());
        Assert.Equal(["Running"], Texts("(Get-SlicePoolRun nightly).State"));
        Assert.Empty(_mine.Run("Remove-SlicePoolRun nightly -Force; Get-SlicePoolRun").Expect());
        Assert.Equal(["1", "1"], Texts("$pool | Invoke-OnEachHost { 1 }"));
        Assert.NotEqual("Running", Assert.Single(Texts("($job | Wait-Job).State")));
    }

    [Fact]
    public void Looking_only_changes_nothing()
    {
        Start(Endless);
        EngineResult looked = _mine.Run("Stop-SlicePoolRun nightly -WhatIf; Remove-SlicePoolRun nightly -Force -WhatIf");
        Assert.Empty(looked.Expect());
        Assert.Contains("run 'nightly' of pool 'night' on 2 host(s)", looked.HostText, StringComparison.Ordinal);
        Assert.Contains("run 'nightly' of pool 'night' and its results", looked.HostText, StringComparison.Ordinal);
        Assert.Equal(["Running"], Texts("(Get-SlicePoolRun nightly).State"));
    }

    [Theory]
    [InlineData("Get")]
    [InlineData("Wait")]
    [InlineData("Receive")]
    [InlineData("Stop")]
    [InlineData("Remove")]
    public void One_that_is_not_there_is_named_and_the_others_go_on(string verb)
    {
        _mine.Run("$null = $pool | Invoke-OnEachHost { 'there' } -RunId nightly").Expect();
        EngineResult result = _mine.Run($"{verb}-SlicePoolRun nobody, nightly");
        Assert.Contains("'nobody'", result.ExpectError("RunNotFound").ToString(), StringComparison.Ordinal);
        Assert.Equal(verb is "Stop" or "Remove" ? [] : verb is "Receive" ? ["there", "there"] : ["nightly"], result.Texts);
        Assert.Equal(verb is "Remove" ? [] : ["nightly"], Texts("Get-SlicePoolRun"));
    }

    [Fact]
    public void They_are_chosen_by_id_pool_and_state_and_print_as_a_table()
    {
        _mine.Run("'one', 'two' | ForEach-Object { $id = $_; $null = $pool | Invoke-OnEachHost { 'there' } -RunId $id }").Expect();
        Assert.Equal(["two", "one"], Texts("Get-SlicePoolRun"));
        Assert.Equal(["one"], Texts("Get-SlicePoolRun O*"));
        Assert.Equal(["two", "one"], Texts("Get-SlicePoolRun -Pool ni* -State Completed"));
        Assert.Empty(Texts("Get-SlicePoolRun -Pool day; Get-SlicePoolRun -State Running; Get-SlicePoolRun x*"));
        string[] lines = _mine.Print("Get-SlicePoolRun").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Matches(@"^RunId\s+Pool\s+State\s+Ended\s+Succeeded\s+Queued\s+Title", lines[0]);
        Assert.Matches(@"^two\s+night\s+Completed\s+2/2\s+2\s+\S.*\s'there'", lines[2]);
        Assert.Equal(["shared Completed"], Texts("Get-SlicePoolRun one | ForEach-Object { \"$($_.Fleet) $($_.State)\" }"));
    }

    [Theory]
    [InlineData("Get-SlicePoolRun")]
    [InlineData("Stop-SlicePoolRun nightly")]
    public void A_store_that_is_named_is_the_one_that_is_asked(string command)
    {
        _mine.Run("$null = $pool | Invoke-OnEachHost { 'there' } -RunId nightly").Expect();
        _mine.Run($"{command} -Store localhost:1").ExpectError("StoreUnreachable");
    }

    // On both hosts something runs when this returns.
    private void Start(string script)
    {
        _mine.Run($"$job = $pool | Invoke-OnEachHost {script} -RunId nightly -AsJob").Expect();
        Assert.True(Wait.Until(() => _mine.Run("$job | Receive-Job -Keep").Expect().Count == 2, s_patience));
    }

    private string[] Texts(string script) => [.. _mine.Run(script).Expect().Select(item => item.ToString())];

    private string[] Elsewhere(string script)
    {
        string at = $"$at = @{{ Store = '{_fleet.Store}'; Fleet = '{SharedFleet.Name}'; KeyFile = '{_fleet.KeyFile}' }}\n";
        (int exitCode, string output, string errors) = SessionProcess.Run(at + script);
        Assert.Equal("", errors);
        Assert.Equal(0, exitCode);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
