using System.Net.Sockets;
using Eformer.Pool.HostWorker.Engines;
using Eformer.Pool.HostWorker.Runners;
using Eformer.Pool.HostWorker.Runners.Containment;
using Eformer.Pool.HostWorker.Runners.Protocol;
using Eformer.Pool.HostWorker.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Eformer.Pool.HostWorker.Tests.Runners;

public sealed class RunnerStartTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ef-");

    private RunnerStart Good => new() { Engine = HostProgram.Embedded, SocketDirectory = _folder.FullName, Executable = HostProgram.Path };

    public void Dispose()
    {
        Assert.Empty(_folder.EnumerateFileSystemInfos());
        _folder.Delete();
    }

    [Fact]
    public async Task A_runner_tells_its_process_and_engine()
    {
        await using RunnerBench bench = await RunnerBench.StartAsync();
        Assert.Equal(HostProgram.Embedded.Description, bench.Runner.Engine);
        Assert.StartsWith("embedded 7.6.", bench.Runner.Engine, StringComparison.Ordinal);
        RunResult result = await bench.RunAsync("$PID; \"$($PSVersionTable.PSVersion)\"");
        Assert.Equal(bench.Runner.Pid, result.Output[0]);
        Assert.Equal(bench.Runner.Engine, "embedded " + result.Output[1]);
    }

    [Fact]
    public async Task An_engine_that_is_not_there_is_told_with_the_runners_own_words()
    {
        RunnerStart start = Good with { Engine = new EngineInfo(EngineKind.Embedded, "/nowhere", new Version(7, 6, 0)) };
        SlicePoolException error = await Assert.ThrowsAsync<SlicePoolException>(() => StartAsync(start));
        Assert.Equal("RunnerStartFailed", error.ErrorId);
        Assert.Contains("System.Management.Automation", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_told()
    {
        SlicePoolException error = await Assert.ThrowsAsync<SlicePoolException>(() => StartAsync(Good with { Executable = "/nowhere/eformer-host" }));
        Assert.Equal("RunnerStartFailed", error.ErrorId);
    }

    [Fact]
    public async Task A_program_that_never_says_hello_is_given_up()
    {
        // "yes" takes any arguments and goes on for ever.
        RunnerStart start = Good with { Executable = "/usr/bin/yes", Timeout = TimeSpan.FromMilliseconds(200) };
        SlicePoolException error = await Assert.ThrowsAsync<SlicePoolException>(() => StartAsync(start));
        Assert.Contains("not ready within", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_start_can_be_cancelled()
    {
        using CancellationTokenSource cancel = new();
        Task<RunnerProcess> starting = RunnerProcess.StartAsync(Good, TimeProvider.System, NullLogger.Instance, cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => starting);
    }

    [Fact]
    public async Task A_socket_path_that_is_too_long_is_told()
    {
        RunnerStart start = Good with { SocketDirectory = Path.Combine(_folder.FullName, new string('x', 100)) };
        SlicePoolException error = await Assert.ThrowsAsync<SlicePoolException>(() => StartAsync(start));
        Assert.Equal("SocketPathTooLong", error.ErrorId);
    }

    [Fact]
    public async Task A_socket_that_cannot_be_made_is_told_with_its_place_and_the_reason()
    {
        string gone = Path.Combine(_folder.FullName, "gone");
        SlicePoolException error = await Assert.ThrowsAsync<SlicePoolException>(() => StartAsync(Good with { SocketDirectory = gone }));
        Assert.Equal("RunnerStartFailed", error.ErrorId);
        Assert.Contains($"its socket '{gone}/", error.Message, StringComparison.Ordinal);
        Assert.Contains("Could not find a part of the path", error.Message, StringComparison.Ordinal);
        Assert.Contains("folder", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Strangers_on_the_socket_are_turned_away()
    {
        using RunnerLaunch launch = new(Good);
        using System.Diagnostics.Process process = launch.Spawn();
        Task<AgentChannel> accepting = launch.AcceptAsync(TestContext.Current.CancellationToken);
        using Socket stranger = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await stranger.ConnectAsync(new UnixDomainSocketEndPoint(_folder.EnumerateFileSystemInfos().Single().FullName), TestContext.Current.CancellationToken);
        FrameBuffer hello = new();
        new HelloBody(new string('0', 64), 1, "x").Write(hello);
        await stranger.SendAsync(hello.Written, TestContext.Current.CancellationToken);
        using AgentChannel channel = await accepting;
        Assert.Equal(FrameType.Ready, (await channel.ReceiveAsync(TestContext.Current.CancellationToken))?.Type);
        Assert.Equal(0, await stranger.ReceiveAsync(new byte[1], TestContext.Current.CancellationToken));
        await new ProcessTree(process.Id, launch.RunnerId, launch.Cgroup).KillAsync(TimeSpan.FromSeconds(5), TimeProvider.System);
    }

    [Fact]
    public async Task A_runner_whose_agent_died_ends_with_all_its_children()
    {
        using RunnerLaunch launch = new(Good);
        using System.Diagnostics.Process process = launch.Spawn();
        ProcessTree tree = new(process.Id, launch.RunnerId, launch.Cgroup);
        AgentChannel channel = await launch.AcceptAsync(TestContext.Current.CancellationToken);
        await channel.ReceiveAsync(TestContext.Current.CancellationToken);
        FrameBuffer run = new();
        string script =
            """
            $null = [Diagnostics.Process]::Start('/usr/bin/setsid', [string[]]@('sleep', '1000'))
            $null = [Diagnostics.Process]::Start('/bin/sh', [string[]]@('-c', '(setsid sleep 1000 &)'))
            try { [Threading.Thread]::Sleep(-1) } finally { while ($true) { } }
            """;
        new RunBody("a", script, null, new Dictionary<string, string>()).Write(run);
        await channel.SendAsync(run, TestContext.Current.CancellationToken);
        await Eventually.HoldsAsync(() => tree.FindAlive().Count >= 3);
        channel.Dispose();
        await Eventually.HoldsAsync(() => tree.FindAlive().Count == 0, seconds: 5);
        Assert.True(await tree.KillAsync(TimeSpan.FromSeconds(5), TimeProvider.System));
    }

    [Fact]
    public async Task Many_runners_start_at_once()
    {
        RunnerProcess[] runners = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => StartAsync(Good)));
        Assert.Equal(8, runners.Select(runner => runner.Pid).Distinct().Count());
        await Task.WhenAll(runners.Select(runner => runner.DisposeAsync().AsTask()));
        Assert.All(runners, runner => Assert.False(ProcessTable.Read(runner.Pid) is { IsAlive: true }));
    }

    private static Task<RunnerProcess> StartAsync(RunnerStart start) =>
        RunnerProcess.StartAsync(start, TimeProvider.System, NullLogger.Instance, TestContext.Current.CancellationToken);
}
