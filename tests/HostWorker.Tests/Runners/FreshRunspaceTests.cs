using System.Management.Automation;
using Eformer.Pool.HostWorker.Runners;
using Eformer.Pool.HostWorker.Tests.Support;

namespace Eformer.Pool.HostWorker.Tests.Runners;

public sealed class FreshRunspaceTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task No_state_crosses_from_one_to_the_next_and_the_process_is_the_same()
    {
        await using RunnerBench bench = await RunnerBench.StartAsync();
        string script =
            $$"""
            "$PID [$global:x] [$(Test-Mine)] [$env:MINE] $PWD $([Environment]::CurrentDirectory) [$env:HOME]"
            $global:x = 1; function global:Test-Mine { 'mine' }; $env:MINE = 'kept'; $env:HOME = $null
            $null = $ExecutionContext.SessionState.Path.SetLocation('/usr'); [Environment]::CurrentDirectory = '/usr'
            """;
        string here = Environment.CurrentDirectory;
        string expected = $"{bench.Runner.Pid} [] [] [] {here} {here} [{Environment.GetEnvironmentVariable("HOME")}]";
        for (int round = 0; round < 3; round++)
        {
            Assert.Equal(expected, (await bench.RunAsync(Fresh(script))).Output.Single());
        }
    }

    [Fact]
    public async Task The_session_beside_it_keeps_its_own()
    {
        await using RunnerBench bench = await RunnerBench.StartAsync();
        await bench.RunAsync("$x = 1; $env:MINE = 'session'");
        Assert.Equal(["[]"], (await bench.RunAsync(Fresh("\"[$x]\"; $env:MINE = 'fresh'"))).Output);
        Assert.Equal(["1 session"], (await bench.RunAsync("\"$x $env:MINE\"")).Output);
    }

    [Fact]
    public async Task What_it_needs_is_set_up_each_time()
    {
        RunnerSetup setup = new("h", new Dictionary<string, string> { ["Get-It"] = "'it'" }, [], null, "$global:n++");
        await using RunnerBench bench = await RunnerBench.StartAsync();
        for (int round = 0; round < 2; round++)
        {
            RunResult result = await bench.RunAsync(Fresh("Get-It; $n") with { Setup = setup, WorkingDirectory = _folder.Path });
            Assert.Equal(["it", 1], result.Output);
        }
    }

    [Fact]
    public async Task A_stopped_one_does_no_harm_to_the_next()
    {
        await using RunnerBench bench = await RunnerBench.StartAsync();
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        RunResult stopped = await bench.RunAsync(Fresh("'go'; while ($true) { }"), (_, _) => stop.Cancel(), stop.Token);
        Assert.Equal((RunnerEndKind.Stopped, false), (stopped.End.Kind, stopped.End.RunnerGone));
        RunResult next = await bench.RunAsync(Fresh("exit 3"));
        Assert.Equal((RunnerEndKind.Exited, 3), (next.End.Kind, next.End.ExitCode));
    }

    [Fact]
    public async Task Script_properties_and_host_text_find_their_own_runspace()
    {
        await using RunnerBench bench = await RunnerBench.StartAsync();
        for (int round = 0; round < 2; round++)
        {
            RunResult result = await bench.RunAsync(Fresh(
                """
                $y = 7; $o = [pscustomobject]@{ A = 1 }
                $o.psobject.Properties.Add([psscriptproperty]::new('S', { $y }))
                $o; $Host.UI.WriteLine('text')
                """));
            Assert.Equal(7, ((PSObject)result.Output.Single()!).Properties["S"].Value);
            Assert.Single(result.Of(RecordKind.Information));
        }
    }

    [Fact]
    public async Task What_it_does_at_its_end_is_done_before_the_runner_ends()
    {
        string trace = _folder.File("trace");
        await using (RunnerBench bench = await RunnerBench.StartAsync())
        {
            await bench.RunAsync(Fresh(
                $$"""
                $null = $ExecutionContext.Events.SubscribeEvent($null, 'PowerShell.Exiting', 'PowerShell.Exiting', $null, { [IO.File]::WriteAllText('{{trace}}', 'closed') }, $true, $false)
                """));
        }

        Assert.Equal("closed", await File.ReadAllTextAsync(trace, TestContext.Current.CancellationToken));
    }

    private static RunnerJob Fresh(string script) => RunnerBench.Job(script) with { FreshRunspace = true };
}
