using System.Diagnostics;
using Eformer.Pool.HostWorker.Runners.Containment;
using Eformer.Pool.HostWorker.Runners.Protocol;
using Microsoft.Extensions.Logging;

namespace Eformer.Pool.HostWorker.Runners;

/// <summary>A process that runs user code for this agent, one run at a time.</summary>
/// <remarks>Nothing that user code does throws here: it becomes a <see cref="RunnerEnd"/>. Thread-safe.</remarks>
internal sealed partial class RunnerProcess : IRunPlace, IAsyncDisposable
{
    private const int KilledExitCode = 137;
    private static readonly TimeSpan s_exitPatience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_killPatience = TimeSpan.FromSeconds(10);

    private readonly RunnerStart _start;
    private readonly Process _process;
    private readonly ProcessTree _tree;
    private readonly RunnerOutput _output;
    private readonly AgentChannel _channel;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly Lazy<Task<bool>> _kill;
    private readonly Task _pump;
    private ActiveRun? _run;
    private RunnerDeath? _death;

    private RunnerProcess(RunnerStart start, Process process, ProcessTree tree, RunnerOutput output, AgentChannel channel, TimeProvider clock, ILogger log)
    {
        (_start, _process, _tree, _output, _channel, _clock, _log) = (start, process, tree, output, channel, clock, log);
        Pid = process.Id;
        Exited = process.WaitForExitAsync(CancellationToken.None);
        _kill = new Lazy<Task<bool>>(KillTreeAsync);
        _pump = PumpAsync();
    }

    /// <summary>The process's id.</summary>
    public int Pid { get; }

    /// <summary>The engine it runs on, such as <c>pwsh 7.6.5</c>.</summary>
    public string Engine => _start.Engine.Description;

    /// <summary>Completes when the process has ended.</summary>
    public Task Exited { get; }

    /// <summary>Whether it can still take a run.</summary>
    public bool IsAlive => !Exited.IsCompleted && !_kill.IsValueCreated;

    /// <summary>Starts a runner and waits until its runspace is open.</summary>
    /// <exception cref="SlicePoolException"><c>RunnerStartFailed</c> with what the runner said, or <c>SocketPathTooLong</c>.</exception>
    public static async Task<RunnerProcess> StartAsync(RunnerStart start, TimeProvider clock, ILogger log, CancellationToken cancellationToken)
    {
        if (DescriptorReserve.Judge() is { } why)
        {
            throw RunnerStartErrors.NoDescriptors(start.Name, why);
        }

        using RunnerLaunch launch = new(start);
        Process process = launch.Spawn();
        RunnerBirth birth = new(process, TreeOf(process, launch), new RunnerOutput(process, start.Name, log), clock);
        AgentChannel channel = await birth.WaitAsync(launch, start, cancellationToken).ConfigureAwait(false);
        LogStarted(log, start.Name, process.Id, start.Engine.Description, launch.Cgroup?.Path ?? "none");
        return new RunnerProcess(start, process, birth.Tree, birth.Output, channel, clock, log);
    }

    private static ProcessTree TreeOf(Process process, RunnerLaunch launch)
    {
        try
        {
            return new ProcessTree(process.Id, launch.RunnerId, launch.Cgroup) { KillRoot = process.Kill };
        }
        catch (IOException e)
        {
            // It has been started and cannot be watched over. It has no children yet.
            process.Kill();
            throw RunnerStartErrors.NoProcess(process.StartInfo.FileName, e);
        }
    }

    /// <inheritdoc/>
    /// <remarks>What does not stop is killed. After an end with <see cref="RunnerEnd.RunnerGone"/> all its processes are gone.</remarks>
    /// <exception cref="InvalidOperationException">Another run is not over.</exception>
    public async Task<RunnerEnd> RunAsync(
        RunnerJob job,
        Func<RecordKind, ReadOnlyMemory<byte>, ValueTask> onRecord,
        Action onStarted,
        CancellationToken stop)
    {
        ActiveRun run = new(onRecord, onStarted, _clock);
        Take(run);
        try
        {
            _output.Forget();
            await SendRunAsync(job, run).ConfigureAwait(false);
            await WaitOrStopAsync(run, stop).ConfigureAwait(false);
            return await run.End.ConfigureAwait(false);
        }
        finally
        {
            _run = null;
        }
    }

    /// <summary>Kills the runner and all it started, and waits until they are gone. A run in hand ends as stopped.</summary>
    /// <param name="reason">Why, as the run's evidence.</param>
    /// <returns>Whether they are gone: what hangs in the kernel can outlive even this.</returns>
    public Task<bool> KillAsync(string reason = "its runner was killed")
    {
        if (_run is { KilledBecause: null } run && !Exited.IsCompleted)
        {
            run.KilledBecause = reason;
        }

        return KillAgainAsync();
    }

    /// <summary>Closes the session and ends the runner with all it started. A run in hand is killed.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_run is null)
        {
            await TrySendAsync(FrameType.Shutdown).ConfigureAwait(false);
            await Task.WhenAny(Exited, Task.Delay(s_exitPatience, _clock)).ConfigureAwait(false);
        }

        // Also when it ended by itself: children may have been left.
        if (!await KillAsync().ConfigureAwait(false))
        {
            throw new SlicePoolException(
                "HostNotClear",
                PoolErrorCategory.ResourceBusy,
                $"Runner {Pid} of {_start.Name}, or something it started, cannot be ended.",
                "It hangs in the kernel, or the agent has too few file descriptors left to see that it has ended; the host is not free before that. The agent's log tells; restart this machine if it hangs.",
                Pid);
        }

        await _pump.ConfigureAwait(false);
        _channel.Dispose();
        _process.Dispose();
    }
}
