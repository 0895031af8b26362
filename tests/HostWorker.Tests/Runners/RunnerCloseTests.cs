using Eformer.Pool.HostWorker.Runners;
using Eformer.Pool.HostWorker.Runners.Containment;
using Eformer.Pool.HostWorker.Tests.Support;

namespace Eformer.Pool.HostWorker.Tests.Runners;

public sealed class RunnerCloseTests
{
    [Fact]
    public async Task Closing_ends_the_session_and_every_child()
    {
        string trace = Path.GetTempFileName();
        RunnerBench bench = await RunnerBench.StartAsync();
        RunResult result = await bench.RunAsync(
            $$"""
            $null = $ExecutionContext.Events.SubscribeEvent($null, 'PowerShell.Exiting', 'PowerShell.Exiting', $null, { [IO.File]::WriteAllText('{{trace}}', 'closed') }, $true, $false)
            [Diagnostics.Process]::Start('/usr/bin/setsid', [string[]]@('sleep', '1000')).Id
            """);
        int child = (int)result.Output.Single()!;
        int runner = bench.Runner.Pid;
        await bench.DisposeAsync();
        Assert.False(ProcessTable.Read(runner) is { IsAlive: true });
        Assert.False(ProcessTable.Read(child) is { IsAlive: true });
        Assert.Equal("closed", await File.ReadAllTextAsync(trace, TestContext.Current.CancellationToken));
        File.Delete(trace);
    }

    [Fact]
    public async Task Closing_does_not_wait_for_a_script_that_goes_on()
    {
        RunnerBench bench = await RunnerBench.StartAsync();
        TaskCompletionSource started = new();
        Task<RunResult> run = bench.RunAsync("1; while ($true) { }", onObject: (_, _) => started.TrySetResult());
        await started.Task;
        await bench.DisposeAsync();
        Assert.Equal(RunnerEndKind.Stopped, (await run).End.Kind);
    }

    [Fact]
    public async Task Dead_orphans_do_not_stay()
    {
        await using RunnerBench bench = await RunnerBench.StartAsync();
        int runner = bench.Runner.Pid;
        await bench.RunAsync("/bin/sh -c '(sleep 0.01 &)'; /bin/sh -c '(sleep 0.01 &)'");
        await Eventually.HoldsAsync(() => Zombies(runner) == 2);
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromMinutes(2));
        while (Zombies(runner) > 0)
        {
            // The runner looks between runs, and must meet a zombie twice.
            await bench.RunAsync("1");
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, deadline.Token);
        }

        RunResult result = await bench.RunAsync("/bin/sh -c 'exit 3'; $LASTEXITCODE");
        Assert.Equal(3, result.Output.Single());
    }

    private static int Zombies(int runner) =>
        ProcessTable.ReadAll().Count(entry => entry.Parent == runner && !entry.IsAlive);
}
