using System.Diagnostics;
using Eformer.Pool.HostWorker.Agent;
using Eformer.Pool.HostWorker.Runners;
using Eformer.Pool.HostWorker.Runners.Containment;
using Eformer.Pool.HostWorker.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Eformer.Pool.HostWorker.Tests.Runners;

/// <summary>The runners of a host, with real processes: one is ready before a run needs it.</summary>
public sealed class WarmRunnersTests : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly List<RunnerProcess> _started = [];
    private readonly HostRunners _runners;

    public WarmRunnersTests() => _runners = new HostRunners(StartAsync, TimeProvider.System);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _runners.DisposeAsync();
        Assert.All(_started, runner => Assert.False(ProcessTable.Read(runner.Pid) is { IsAlive: true }));
        _folder.Dispose();
    }

    [Fact]
    public async Task A_spare_that_died_is_replaced_before_the_next_run_needs_it()
    {
        await WarmAsync(1);
        Kill(_started[0]);
        await Eventually.HoldsAsync(() => !_started[0].IsAlive);
        await TendAsync(2);
        Assert.Same(_started[1], await _runners.TakeAsync(Isolation.Session, Token));
        Assert.Equal(2, _started.Count);
    }

    [Fact]
    public async Task A_session_whose_runner_died_goes_on_in_the_spare()
    {
        await WarmAsync(1);
        Assert.Same(_started[0], await _runners.TakeAsync(Isolation.Session, Token));
        await WarmAsync(2);
        Assert.Same(_started[0], await _runners.TakeAsync(Isolation.Runspace, Token));
        Kill(_started[0]);
        await Eventually.HoldsAsync(() => !_started[0].IsAlive);
        Assert.Same(_started[1], await _runners.TakeAsync(Isolation.Session, Token));
        Assert.Equal(2, _started.Count);
    }

    [Fact]
    public async Task Where_there_are_too_many_hosts_one_is_started_when_it_is_first_needed()
    {
        await using HostRunners many = new(StartAsync, TimeProvider.System, ahead: false);
        await many.WarmAsync();
        Assert.Null(await many.TendAsync());
        Assert.Empty(_started);
        Assert.Same(await many.TakeAsync(Isolation.Session, Token), Assert.Single(_started));
    }

    [Fact]
    public async Task A_process_of_its_own_is_the_spare_and_the_next_one_is_warm_when_it_goes()
    {
        await WarmAsync(1);
        for (int run = 0; run < 2; run++)
        {
            RunnerProcess runner = await _runners.TakeAsync(Isolation.Process, Token);
            Assert.Same(_started[run], runner);
            await _runners.RetireAsync(runner);
            Assert.False(runner.IsAlive);
            await StartedAsync(run + 2);
        }
    }

    private async Task WarmAsync(int count)
    {
        await _runners.WarmAsync();
        await StartedAsync(count);
    }

    private Task StartedAsync(int count) => Eventually.HoldsAsync(() => Count == count);

    private async Task TendAsync(int count)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromMinutes(2), TimeProvider.System);
        while (Count < count)
        {
            await _runners.TendAsync();
            await Task.Delay(10, patience.Token);
        }
    }

    private int Count
    {
        get
        {
            lock (_started)
            {
                return _started.Count;
            }
        }
    }

    private async Task<RunnerProcess> StartAsync(CancellationToken cancellationToken)
    {
        RunnerStart start = new() { Engine = HostProgram.Embedded, SocketDirectory = _folder.Path, Executable = HostProgram.Path };
        RunnerProcess runner = await RunnerProcess.StartAsync(start, TimeProvider.System, NullLogger.Instance, cancellationToken);
        lock (_started)
        {
            _started.Add(runner);
        }

        return runner;
    }

    private static void Kill(RunnerProcess runner)
    {
        using Process process = Process.GetProcessById(runner.Pid);
        process.Kill();
    }
}
