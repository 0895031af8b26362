using System.Globalization;
using Eformer.Pool.HostWorker.Runners;
using Eformer.Pool.HostWorker.Runners.Containment;
using Eformer.Pool.HostWorker.Tests.Support;

namespace Eformer.Pool.HostWorker.Tests.Runners;

public sealed class RunnerEndTests
{
    [Theory]
    [InlineData("[Environment]::FailFast('user said so')", 134, "SIGABRT", "user said so")]
    [InlineData("/bin/kill -9 $PID; while ($true) { }", 137, "SIGKILL", "SIGKILL")]
    [InlineData("[Environment]::Exit(5)", 5, null, "exit code 5")]
    [InlineData("Add-Type -TypeDefinition 'public static class R { public static int F(int n) => F(n + 1) + 1; }'; [R]::F(0)", 134, "SIGABRT", "Stack overflow")]
    public async Task A_runner_that_user_code_ends_is_told_as_such(string script, int exitCode, string? signal, string evidence)
    {
        Assert.SkipWhen(script.StartsWith("Add-Type", StringComparison.Ordinal) && HostProgram.Pwsh is null, "Add-Type needs pwsh.");
        await using RunnerBench bench = await RunnerBench.StartAsync(script.StartsWith("Add-Type", StringComparison.Ordinal) ? HostProgram.Pwsh : null);
        RunResult result = await bench.RunAsync("'before'; " + script);
        Assert.True(result.End.Kind == RunnerEndKind.Died, string.Join('|', result.Of(RecordKind.Error)) + result.End);
        Assert.Equal(exitCode, result.End.ExitCode);
        Assert.Equal(signal, result.End.Signal);
        Assert.Contains(evidence, result.End.Evidence, StringComparison.Ordinal);
        Assert.True(result.End.RunnerGone);
        RunResult next = await bench.RunAsync("1");
        Assert.Equal(RunnerEndKind.NotStarted, next.End.Kind);
    }

    [Fact]
    public async Task What_was_written_before_user_code_ends_the_process_is_not_lost()
    {
        await using RunnerBench bench = await RunnerBench.StartAsync();
        // Every thread that could send it meanwhile waits: only the end itself can.
        RunResult result = await bench.RunAsync(
            """
            $wait = [Delegate]::CreateDelegate([Action], [Threading.ManualResetEventSlim]::new(), 'Wait')
            $null = [Threading.ThreadPool]::SetMaxThreads([Environment]::ProcessorCount, 1)
            1..(2 * [Environment]::ProcessorCount) | ForEach-Object { $null = [Threading.Tasks.Task]::Run($wait) }
            'before'; Write-Warning 'now'; [Environment]::Exit(5)
            """);
        Assert.Equal("before", Assert.Single(result.Output));
        Assert.Equal("now", Assert.Single(result.Of(RecordKind.Warning)));
        Assert.Equal((RunnerEndKind.Died, 5), (result.End.Kind, result.End.ExitCode));
    }

    [Fact]
    public async Task A_script_that_stops_itself_is_not_told_as_stopped_on_request()
    {
        await using RunnerBench bench = await RunnerBench.StartAsync();
        RunResult result = await bench.RunAsync("throw [Management.Automation.PipelineStoppedException]::new()");
        Assert.Equal((RunnerEndKind.Stopped, "its pipeline was stopped"), (result.End.Kind, result.End.Evidence));
    }

    [Theory]
    [InlineData("while ($true) { }", false)]
    [InlineData("& /bin/sleep 1000", false)]
    [InlineData("1..1000000000 | ForEach-Object { }", false)]
    [InlineData("[Threading.Thread]::Sleep([Threading.Timeout]::Infinite)", true)]
    [InlineData("try { while ($true) { } } finally { while ($true) { } }", true)]
    [InlineData("/bin/sh -c 'sleep 1000 & sleep 1000'", null)]
    public async Task A_run_can_always_be_stopped(string script, bool? killed)
    {
        await using RunnerBench bench = await RunnerBench.StartAsync();
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        RunResult result = await bench.RunAsync("'go'; " + script, onObject: (_, _) => stop.Cancel(), stop: stop.Token);
        Assert.Equal(RunnerEndKind.Stopped, result.End.Kind);
        if (killed is not null)
        {
            Assert.Equal(killed, result.End.RunnerGone);
        }

        if (!result.End.RunnerGone)
        {
            Assert.Equal("again", (await bench.RunAsync("'again'")).Output.Single());
        }
    }

    [Fact]
    public async Task What_a_run_started_is_asked_to_end_before_it_is_killed()
    {
        string note = Path.Combine(Path.GetTempPath(), "eft-term-" + Guid.NewGuid().ToString("N"));
        await using RunnerBench bench = await RunnerBench.StartAsync();
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        try
        {
            // The child says when it can be asked; the script itself cannot be stopped.
            string script = $$"""
                $null = [Diagnostics.Process]::Start('/bin/sh', [string[]]@('-c', 'trap "echo asked > {{note}}; exit" TERM; echo ready > {{note}}; while :; do sleep 0.05; done'))
                while (-not [IO.File]::Exists('{{note}}')) { }
                'go'
                [Threading.Thread]::Sleep([Threading.Timeout]::Infinite)
                """;
            RunResult result = await bench.RunAsync(script, onObject: (_, _) => stop.Cancel(), stop: stop.Token);
            Assert.Equal((RunnerEndKind.Stopped, true), (result.End.Kind, result.End.RunnerGone));
            Assert.Equal("asked", (await File.ReadAllTextAsync(note, TestContext.Current.CancellationToken)).Trim());
        }
        finally
        {
            File.Delete(note);
        }
    }

    [Fact]
    public async Task A_stop_before_the_run_is_honoured()
    {
        await using RunnerBench bench = await RunnerBench.StartAsync();
        RunResult result = await bench.RunAsync("while ($true) { }", stop: new CancellationToken(canceled: true));
        Assert.Equal(RunnerEndKind.Stopped, result.End.Kind);
    }

    [Fact]
    public async Task Killing_takes_every_child_along()
    {
        await using RunnerBench bench = await RunnerBench.StartAsync();
        RunResult result = await bench.RunAsync(
            """
            $null = [Diagnostics.Process]::Start('/bin/sh', [string[]]@('-c', 'sleep 1000 & sleep 1000'))
            $null = [Diagnostics.Process]::Start('/usr/bin/setsid', [string[]]@('sleep', '1000'))
            $null = [Diagnostics.Process]::Start('/bin/sh', [string[]]@('-c', '(setsid sleep 1000 &)'))
            """);
        Assert.Equal(RunnerEndKind.Completed, result.End.Kind);
        await Eventually.HoldsAsync(() => Sleepers(bench).Count >= 4);
        IReadOnlyList<int> sleepers = Sleepers(bench);
        Assert.True(await bench.Runner.KillAsync());
        Assert.All(sleepers, pid => Assert.False(ProcessTable.Read(pid) is { IsAlive: true }));
    }

    [Fact]
    public async Task A_dead_runners_children_are_gone_when_its_end_is_told()
    {
        await using RunnerBench bench = await RunnerBench.StartAsync();
        RunResult result = await bench.RunAsync(
            """
            $p = [Diagnostics.Process]::Start('/usr/bin/setsid', [string[]]@('sleep', '1000')); $p.Id
            /bin/sleep 0.05
            [Environment]::FailFast('x')
            """);
        Assert.Equal(RunnerEndKind.Died, result.End.Kind);
        int child = (int)result.Output.Single()!;
        Assert.False(ProcessTable.Read(child) is { IsAlive: true });
    }

    [Fact]
    public async Task Only_one_run_at_a_time()
    {
        await using RunnerBench bench = await RunnerBench.StartAsync();
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        Task<RunResult> first = bench.RunAsync("while ($true) { }", stop: stop.Token);
        await Assert.ThrowsAsync<InvalidOperationException>(() => bench.RunAsync("1"));
        await stop.CancelAsync();
        RunResult r = await first; Assert.True(r.End.Kind == RunnerEndKind.Stopped, r.End.ToString());
    }

    [Fact]
    public async Task An_agent_that_cannot_take_a_record_fails_the_run_and_ends_the_runner()
    {
        await using RunnerBench bench = await RunnerBench.StartAsync();
        RunnerJob job = new() { AttemptId = "a", Script = "1; while ($true) { }", Environment = new Dictionary<string, string>() };
        await Assert.ThrowsAsync<IOException>(() => bench.Runner.RunAsync(job, (_, _) => throw new IOException("store gone"), () => { }, TestContext.Current.CancellationToken));
        await bench.Runner.Exited;
    }

    private static IReadOnlyList<int> Sleepers(RunnerBench bench) =>
        [.. ProcessTable.ReadAll().Where(entry => entry.IsAlive && entry.Pid != bench.Runner.Pid && Command(entry.Pid).StartsWith("sleep", StringComparison.Ordinal)
            && ProcessTable.HasVariable(entry.Pid, ProcessTree.MarkerVariable, MarkerOf(bench))).Select(entry => entry.Pid)];

    private static string MarkerOf(RunnerBench bench) => File.ReadAllText($"/proc/{bench.Runner.Pid.ToString(CultureInfo.InvariantCulture)}/environ")
        .Split('\0').Single(line => line.StartsWith(ProcessTree.MarkerVariable + "=", StringComparison.Ordinal))[(ProcessTree.MarkerVariable.Length + 1)..];

    private static string Command(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid.ToString(CultureInfo.InvariantCulture)}/cmdline");
        }
        catch (IOException)
        {
            return "";
        }
    }
}
