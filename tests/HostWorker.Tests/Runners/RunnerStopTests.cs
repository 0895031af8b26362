using Eformer.Pool.HostWorker.Runners;
using Eformer.Pool.HostWorker.Runners.Containment;
using Eformer.Pool.HostWorker.Tests.Support;

namespace Eformer.Pool.HostWorker.Tests.Runners;

public sealed class RunnerStopTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("{0}")]
    [InlineData("{0} | ForEach-Object {{ $_ }}")]
    [InlineData("$x = {0}")]
    [InlineData("function f {{ {0} }}; f")]
    public async Task A_native_command_is_asked_to_end_and_the_script_does_not_go_on(string use)
    {
        string note = _folder.File("asked");
        string after = _folder.File("after");
        string ready = _folder.File("ready");
        // It needs a while after it was asked; its own child is asked too, or the shell would wait for that one. That one says ready:
        // what is started in the moment of the stop may not be asked.
        string child = $"/bin/sh -c 'trap \"sleep 0.1; echo asked > {note}; exit\" TERM; /bin/sh -c \"echo ready > {ready}; exec sleep 1000\"; exit'";
        await using RunnerBench bench = await RunnerBench.StartAsync();
        string script = string.Format(System.Globalization.CultureInfo.InvariantCulture, use, child) + $"; [IO.File]::WriteAllText('{after}', 'ran')";
        RunResult result = await StopWhenAsync(bench, script, ready);
        Assert.Equal((RunnerEndKind.Stopped, false), (result.End.Kind, result.End.RunnerGone));
        Assert.Equal("asked", (await File.ReadAllTextAsync(note, TestContext.Current.CancellationToken)).Trim());
        Assert.False(File.Exists(after));
        Assert.Equal("again", (await bench.RunAsync("$n = 0; foreach ($i in 1..100) { $n += $i }; 'again'")).Output.Single());
    }

    [Fact]
    public async Task One_that_does_not_listen_is_killed()
    {
        string ready = _folder.File("ready");
        await using RunnerBench bench = await RunnerBench.StartAsync();
        RunResult result = await StopWhenAsync(bench, $"/bin/sh -c 'trap \"\" TERM; echo ready > {ready}; while :; do sleep 0.1; done'", ready);
        Assert.Equal(RunnerEndKind.Stopped, result.End.Kind);
        await Eventually.HoldsAsync(() => ProcessTable.DescendantsOf(bench.Runner.Pid).All(entry => !entry.IsAlive));
    }

    [Fact]
    public async Task A_script_that_ends_because_its_command_was_asked_to_was_stopped()
    {
        string ready = _folder.File("ready");
        await using RunnerBench bench = await RunnerBench.StartAsync();
        RunResult result = await StopWhenAsync(bench, $"/bin/sh -c 'echo ready > {ready}; exec sleep 1000'", ready);
        Assert.Equal(RunnerEndKind.Stopped, result.End.Kind);
    }

    [Fact]
    public async Task What_a_script_does_in_the_end_is_still_done()
    {
        string ready = _folder.File("ready");
        string last = _folder.File("last");
        await using RunnerBench bench = await RunnerBench.StartAsync();
        RunResult result = await StopWhenAsync(
            bench, $"try {{ /bin/sh -c 'echo ready > {ready}; exec sleep 1000'; 'next' }} finally {{ $x = 'cleaned'; [IO.File]::WriteAllText('{last}', $x) }}", ready);
        Assert.Equal((RunnerEndKind.Stopped, false), (result.End.Kind, result.End.RunnerGone));
        Assert.Empty(result.Output);
        Assert.Equal("cleaned", await File.ReadAllTextAsync(last, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_an_earlier_run_left_running_is_left_alone()
    {
        string ready = _folder.File("ready");
        await using RunnerBench bench = await RunnerBench.StartAsync();
        int daemon = (int)(await bench.RunAsync("[Diagnostics.Process]::Start('/bin/sleep', '1000').Id; [Threading.Thread]::Sleep(30)")).Output.Single()!;
        RunResult result = await StopWhenAsync(bench, $"/bin/sh -c 'echo ready > {ready}; exec sleep 1000'", ready);
        Assert.Equal(RunnerEndKind.Stopped, result.End.Kind);
        Assert.True(ProcessTable.Read(daemon) is { IsAlive: true });
    }

    private static async Task<RunResult> StopWhenAsync(RunnerBench bench, string script, string file)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        Task<RunResult> run = bench.RunAsync(script, stop: stop.Token);
        await Eventually.HoldsAsync(() => run.IsCompleted || File.Exists(file));
        await stop.CancelAsync();
        return await run;
    }
}
