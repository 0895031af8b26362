using System.Diagnostics;
using System.Globalization;
using Eformer.Pool.HostWorker.Agent;
using Eformer.Pool.HostWorker.Runners;
using Eformer.Pool.HostWorker.Runners.Containment;
using Eformer.Pool.HostWorker.Runners.Protocol;
using Eformer.Pool.HostWorker.Tests.Support;

namespace Eformer.Pool.HostWorker.Tests.Containment;

/// <summary>A child that left session and parents, cleaned its environment and ignores SIGTERM: only a cgroup holds it.</summary>
public sealed class EscapeTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public EscapeTests()
    {
        RunnerCgroup? probe = RunnerCgroup.TryMake("probe-" + Guid.NewGuid().ToString("N"));
        Assert.SkipWhen(probe is null, "There is no cgroup here that may be written to (v2, as root or delegated).");
        Assert.True(probe.TryRemove());
    }

    public void Dispose()
    {
        foreach (RunnerCgroup left in RunnerCgroup.FindAll(ProcessTree.TagOf(_folder.Path)))
        {
            left.Kill();
        }

        _folder.Dispose();
    }

    private string Note => _folder.File("pid");

    private string Script =>
        $$"""
        $null = [Diagnostics.Process]::Start('/bin/sh', [string[]]@('-c',
            'setsid env -i /bin/sh -c "trap \"\" TERM HUP; sleep 1000 & echo \$! > {{Note}}.new; mv {{Note}}.new {{Note}}" &'))
        while (-not [IO.File]::Exists('{{Note}}')) { }
        'out'; [Threading.Thread]::Sleep(-1)
        """;

    [Fact]
    public async Task It_is_gone_when_the_runner_was_killed()
    {
        await using RunnerBench bench = await RunnerBench.StartAsync();
        RunResult result = await bench.RunAsync(Script, onObject: (_, _) => Kill(bench.Runner.Pid));
        Assert.Equal((RunnerEndKind.Died, "SIGKILL"), (result.End.Kind, result.End.Signal));
        Assert.False(IsAlive(await EscapedAsync()));
    }

    [Fact]
    public async Task It_is_gone_five_seconds_after_the_agent_was_killed()
    {
        using RunnerLaunch launch = NewLaunch();
        using Process process = launch.Spawn();
        AgentChannel channel = await StartAsync(launch);
        int escaped = await EscapedAsync();
        Assert.True(IsAlive(escaped));
        channel.Dispose();
        await Eventually.HoldsAsync(() => !IsAlive(escaped) && !IsAlive(process.Id), seconds: 5);
        Assert.True(await launch.Cgroup!.KillAsync(TimeSpan.FromSeconds(5), TimeProvider.System));
    }

    [Fact]
    public async Task It_is_gone_when_the_agent_starts_again_after_both_were_killed()
    {
        using RunnerLaunch launch = NewLaunch();
        using Process process = launch.Spawn();
        using AgentChannel channel = await StartAsync(launch);
        int escaped = await EscapedAsync();
        Kill(process.Id);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(IsAlive(escaped));
        await LeftoverRunners.EndAsync(_folder.Path, TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.False(IsAlive(escaped));
        Assert.False(Directory.Exists(launch.Cgroup!.Path));
    }

    [Fact]
    public async Task User_code_runs_in_the_cgroup_and_leaves_none_behind()
    {
        string own;
        await using (RunnerBench bench = await RunnerBench.StartAsync())
        {
            RunResult result = await bench.RunAsync("[IO.File]::ReadAllText('/proc/self/cgroup'); [Environment]::GetEnvironmentVariables().Keys -like '*CGROUP*'");
            own = Assert.Single(RunnerCgroup.FindAll(ProcessTree.TagOf(bench.Folder))).Path;
            Assert.EndsWith(Path.GetFileName(own), ((string)Assert.Single(result.Output)!).Split('\n').Single(line => line.StartsWith("0::", StringComparison.Ordinal)), StringComparison.Ordinal);
            Directory.CreateDirectory(Path.Combine(own, "made-by-user-code"));
        }

        Assert.False(Directory.Exists(own));
    }

    [Fact]
    public async Task Empty_cgroups_of_agents_that_never_came_back_are_removed()
    {
        string tag = "test-" + Guid.NewGuid().ToString("N");
        RunnerCgroup old = RunnerCgroup.TryMake(tag + "-old")!;
        RunnerCgroup fresh = RunnerCgroup.TryMake(tag + "-new")!;
        Directory.SetLastWriteTimeUtc(old.Path, DateTime.UnixEpoch);
        await LeftoverRunners.EndAsync(_folder.Path, TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Equal([fresh.Path], RunnerCgroup.FindAll(tag).Select(group => group.Path));
        Assert.True(fresh.TryRemove());
    }

    private RunnerLaunch NewLaunch() =>
        new(new RunnerStart { Engine = HostProgram.Embedded, SocketDirectory = _folder.Path, Executable = HostProgram.Path });

    private async Task<AgentChannel> StartAsync(RunnerLaunch launch)
    {
        AgentChannel channel = await launch.AcceptAsync(TestContext.Current.CancellationToken);
        await channel.ReceiveAsync(TestContext.Current.CancellationToken);
        FrameBuffer run = new();
        new RunBody("a", Script, null, new Dictionary<string, string>()).Write(run);
        await channel.SendAsync(run, TestContext.Current.CancellationToken);
        return channel;
    }

    private async Task<int> EscapedAsync()
    {
        await Eventually.HoldsAsync(() => File.Exists(Note));
        return int.Parse(await File.ReadAllTextAsync(Note, TestContext.Current.CancellationToken), CultureInfo.InvariantCulture);
    }

    private static void Kill(int pid) => Assert.Equal(0, NativeMethods.Kill(pid, NativeMethods.SigKill));

    private static bool IsAlive(int pid) => ProcessTable.Read(pid) is { IsAlive: true };
}
