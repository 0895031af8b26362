using System.Diagnostics;
using System.Management.Automation;
using Eformer.Pool.Module.Tests.Engines;

namespace Eformer.Pool.Module.Tests;

/// <summary>Workers that are started from a session and outlive it.</summary>
public sealed class HostWorkerTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private readonly string _folder = Directory.CreateTempSubdirectory("worker-").FullName;
    private readonly SharedFleet _fleet;
    private readonly Engine _engine;

    public HostWorkerTests()
    {
        _fleet = new SharedFleet(withAgent: false);
        _engine = _fleet.Open();
        _engine.Run("param($Key, $State) $at = @{ KeyFile = $Key; StatePath = $State }; $found = @{ Fleet = 'shared'; StatePath = $State }", _fleet.KeyFile, State).Expect();
    }

    private string State => Path.Combine(_folder, "state");

    public void Dispose()
    {
        _engine.Run("Stop-HostWorker @found -Force -TimeoutSec 20 -ErrorAction Ignore");
        _engine.Dispose();
        _fleet.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void A_worker_is_started_used_and_ended()
    {
        WorkerInfo worker = Start("-Node lone -Label @{ gpu = 'h100' } -DeviceCount 4 -Slice ''");
        Assert.Equal(("lone", "shared", State), (worker.Node, worker.Fleet, worker.StateFolder));
        Assert.Equal(["lone"], worker.Hosts);
        Assert.Equal("lone 4 Idle", Assert.Single(_engine.Run("""Get-SliceHost | ForEach-Object { "$($_.Host) $($_.Devices) $($_.State)" }""").Texts));
        Assert.Equal(["lone"], _engine.Run("$pool = New-SlicePool -Selector @{ gpu = 'h*' } -HostsPerSlice 1; $pool | Invoke-OnEachHost { $env:TPU_NUM_DEVICES; } -AsResult | ForEach-Object Node").Texts);
        Assert.Matches(@"Node\s+Fleet\s+Store\s+Hosts\s+Process\s+State folder", _engine.Print("$worker"));

        // Nobody sees the password among the arguments.
        Assert.DoesNotContain(Password, File.ReadAllText($"/proc/{worker.ProcessId}/cmdline"), StringComparison.Ordinal);
        Assert.DoesNotContain(Password, worker.ToString() + worker.Store, StringComparison.Ordinal);
        Assert.Empty(_engine.Run("$pool | Remove-SlicePool; $worker | Stop-HostWorker").Expect());
        Assert.Null(FindProcess(worker));
        Assert.Empty(_engine.Run("Get-SliceHost").Expect());
        Assert.Empty(_engine.Run("$worker | Stop-HostWorker").Expect());
        _engine.Run("Stop-HostWorker @found").ExpectError("WorkerNotFound");
    }

    [Fact]
    public void A_worker_outlives_the_session_that_started_it()
    {
        string script = Path.Combine(_folder, "start.ps1");
        File.WriteAllText(script, $"(Start-HostWorker -Store '{_fleet.Store}' -Fleet shared -KeyFile '{_fleet.KeyFile}' -StatePath '{State}' -Emulate 1x2).ProcessId");
        using Process session = Process.Start(new ProcessStartInfo(Places.HostProgram, ["script", "--engine", "embedded", script]) { RedirectStandardOutput = true })!;
        int worker = int.Parse(session.StandardOutput.ReadToEnd(), System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(session.WaitForExit(s_patience));
        Assert.Equal(0, session.ExitCode);

        // In a session of its own, so that a terminal's hang-up or Ctrl+C does not reach it.
        string[] fields = File.ReadAllText($"/proc/{worker}/stat").Split(") ")[1].Split(' ');
        Assert.Equal(worker.ToString(System.Globalization.CultureInfo.InvariantCulture), fields[3]);
        Assert.True(Wait.Until(() => Idle() == 2, s_patience));
        Assert.Contains("2 host(s)", File.ReadAllText(Path.Combine(State, "worker.log")), StringComparison.OrdinalIgnoreCase);
        Assert.Empty(_engine.Run("Stop-HostWorker @found").Expect());
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(worker));
    }

    [Fact]
    public void What_runs_is_cleared_away_before_it_ends()
    {
        Start("-Emulate 1x1");
        _engine.Run("$pool = New-SlicePool -HostsPerSlice 1; $job = $pool | Invoke-OnEachHost { while ($true) { [Threading.Thread]::Sleep(20) } } -AsJob").Expect();
        Assert.True(Wait.Until(() => _engine.Run("Get-SliceHost | Where-Object Condition -EQ Busy").Expect().Count == 1, s_patience));
        Assert.Empty(_engine.Run("Stop-HostWorker @found").Expect());
        Assert.Empty(PoolProcesses.Using(State));
        _engine.Run("$pool | Remove-SlicePool");
    }

    [Fact]
    public void A_second_one_of_a_fleet_is_refused_and_the_first_goes_on()
    {
        WorkerInfo worker = Start("-Emulate 1x1");
        Assert.Contains($"process {worker.ProcessId}", Starting("-Emulate 1x1").ExpectError("AgentRunning").ToString(), StringComparison.Ordinal);
        Assert.NotNull(FindProcess(worker));
        Assert.Equal(1, Idle());
    }

    [Fact]
    public void One_that_cannot_serve_is_an_error_with_what_it_logged_and_leaves_no_process()
    {
        Directory.CreateDirectory(State);
        File.WriteAllText(Path.Combine(State, "fence.json"), "spoilt");
        ErrorRecord error = Starting("-Emulate 1x1").ExpectError("WorkerFailed");
        Assert.Contains("FenceDamaged", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("exit code 3", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("worker.log", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(PoolProcesses.Using(State));
    }

    [Fact]
    public void WhatIf_starts_and_ends_nothing()
    {
        Assert.Contains("a worker of fleet 'shared' on this machine", Starting("-WhatIf").HostText, StringComparison.Ordinal);
        Assert.Empty(PoolProcesses.Using(State));
        WorkerInfo worker = Start("-Emulate 1x1");
        Assert.Contains($"process {worker.ProcessId}", _engine.Run("Stop-HostWorker @found -WhatIf").HostText, StringComparison.Ordinal);
        Assert.NotNull(FindProcess(worker));
    }

    [Fact]
    public void Ctrl_C_during_the_start_leaves_no_process()
    {
        _engine.Run("param($Store) $store = $Store", _fleet.Store).Expect();
        _engine.RunAndStop(Command("-Emulate 1x1"), _ => PoolProcesses.Using(State).Count > 0);
        Assert.Empty(PoolProcesses.Using(State));
    }

    [Fact]
    public void A_store_is_judged_requirement_by_requirement()
    {
        string table = _engine.Print("param($Store) Test-SlicePoolStore $Store", _fleet.Store);
        Assert.Matches(@"Requirement\s+Result\s+Found, and what to do", table);
        Assert.Matches(@"Scripts\s+Pass\s+atomic", table);
        Assert.Matches(@"Persistence\s+Warn\s+nothing is kept", table);
        Assert.DoesNotContain("Fail", table, StringComparison.Ordinal);
        Assert.Equal(["True"], _engine.Run("param($Store) Test-SlicePoolStore $Store -Quiet", _fleet.Store).Texts);
        Assert.Equal(["True"], _engine.Run("param($Store) try { $env:EFORMER_STORE = $Store; Test-SlicePoolStore -Quiet } finally { $env:EFORMER_STORE = $null }", _fleet.Store).Texts);
    }

    private string Password => _fleet.Store.Split("password=")[1];

    private static string Command(string arguments) => "$worker = Start-HostWorker @at -Store $store -Fleet shared " + arguments + "; $worker";

    private WorkerInfo Start(string arguments) => (WorkerInfo)Assert.Single(Starting(arguments).Expect()).BaseObject;

    private EngineResult Starting(string arguments) => _engine.Run("param($store) " + Command(arguments), _fleet.Store);

    private int Idle() => _engine.Run("Get-SliceHost | Where-Object State -EQ Idle").Expect().Count;

    private static Process? FindProcess(WorkerInfo worker)
    {
        try
        {
            return Process.GetProcessById(worker.ProcessId);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
