using System.Net.Sockets;
using Eformer.Pool.HostWorker.Runners.Protocol;
using Microsoft.Extensions.Logging;

namespace Eformer.Pool.HostWorker.Runners;

/// <content>What goes on behind a run.</content>
internal sealed partial class RunnerProcess
{
    private void Take(ActiveRun run)
    {
        if (Interlocked.CompareExchange(ref _run, run, null) is not null)
        {
            throw new InvalidOperationException($"{_start.Name} has a run in hand.");
        }

        if (_death is not null)
        {
            // It ended before this run came; nobody else will tell the run.
            run.Lose(_death);
        }
    }

    private async Task SendRunAsync(RunnerJob job, ActiveRun run)
    {
        try
        {
            FrameBuffer frames = new();
            RunBody.Of(job).Write(frames);
            await _channel.SendAsync(frames, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The pump meets the same end and knows more about it.
            LogUnsendable(_start.Name, FrameType.Run, e.Message);
        }
        catch (ProtocolException e)
        {
            run.Refuse($"the run is too big to be sent: {e.Message}");
        }
    }

    private async Task WaitOrStopAsync(ActiveRun run, CancellationToken stop)
    {
        Task ended = run.End;
        if (await IsFirstAsync(ended, stop).ConfigureAwait(false))
        {
            return;
        }

        long begun = _clock.GetTimestamp();
        await TrySendAsync(FrameType.Stop).ConfigureAwait(false);
        await WaitAsync(ended, _start.StopGrace).ConfigureAwait(false);
        if (!ended.IsCompleted && _tree.HasOthers())
        {
            // The runner asks what the run started to end, and stops the script after that.
            await WaitAsync(ended, RunnerStart.ChildGrace).ConfigureAwait(false);
        }

        if (!ended.IsCompleted && OperatingSystem.IsLinux() && _tree.AskOthersToEnd())
        {
            // A script that waits for what it started stops when that has ended.
            await WaitAsync(ended, _start.KillGrace).ConfigureAwait(false);
        }

        if (!ended.IsCompleted)
        {
            await KillAsync($"it did not stop within {_clock.GetElapsedTime(begun).TotalSeconds:0} s and was killed").ConfigureAwait(false);
        }
    }

    private Task<Task> WaitAsync(Task ended, TimeSpan patience) =>
        Task.WhenAny(ended, Task.Delay(patience, _clock, CancellationToken.None));

    private static async Task<bool> IsFirstAsync(Task ended, CancellationToken stop)
    {
        if (!stop.CanBeCanceled)
        {
            await Task.WhenAny(ended).ConfigureAwait(false);
            return true;
        }

        TaskCompletionSource stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration registration = stop.Register(() => stopped.TrySetResult());
        return await Task.WhenAny(ended, stopped.Task).ConfigureAwait(false) == ended;
    }

    private async Task TrySendAsync(FrameType type)
    {
        try
        {
            await _channel.SendAsync(type, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            LogUnsendable(_start.Name, type, e.Message);
        }
    }

    private async Task PumpAsync()
    {
        Exception? problem = null;
        try
        {
            while (await _channel.ReceiveAsync(CancellationToken.None).ConfigureAwait(false) is { } frame)
            {
                await TakeAsync(frame).ConfigureAwait(false);
            }
        }
        catch (Exception e)
        {
            // A broken protocol, or the agent can't take what the run gives: in both cases this runner is of no more use.
            problem = e;
            LogBroken(e, _start.Name);
        }

        await EndAsync(problem).ConfigureAwait(false);
    }

    private ValueTask TakeAsync(Frame frame)
    {
        if (_run is { } run)
        {
            return run.TakeAsync(frame);
        }

        // A thread that a script left behind may still write to the host.
        return frame.Type == FrameType.Record ? ValueTask.CompletedTask : throw new ProtocolException($"A {frame.Type} frame without a run.");
    }

    private async Task EndAsync(Exception? problem)
    {
        // The line is closed by now; a process that is still there has done so on purpose or is dying.
        await Task.WhenAny(Exited, Task.Delay(problem is null ? s_exitPatience : TimeSpan.Zero, _clock)).ConfigureAwait(false);
        await _kill.Value.ConfigureAwait(false);
        string lastWords = await _output.GetLastWordsAsync(_clock).ConfigureAwait(false);
        // Something that can't be killed has no exit code; it was sent SIGKILL all the same.
        _death = new RunnerDeath(_process.HasExited ? _process.ExitCode : KilledExitCode, lastWords);
        Interlocked.MemoryBarrier();
        if (problem is null or ProtocolException)
        {
            _run?.Lose(_death);
        }
        else
        {
            _run?.Fail(problem);
        }
    }

    // What hung in the kernel may end later: a kill that failed is tried again by whoever asks next.
    private async Task<bool> KillAgainAsync() =>
        _kill.IsValueCreated && _kill.Value.IsCompleted && !await _kill.Value.ConfigureAwait(false)
            ? await KillTreeAsync().ConfigureAwait(false)
            : await _kill.Value.ConfigureAwait(false);

    private async Task<bool> KillTreeAsync()
    {
        if (!OperatingSystem.IsLinux())
        {
            _process.Kill(entireProcessTree: true);
        }

        bool gone = await _tree.KillAsync(s_killPatience, _clock).ConfigureAwait(false);
        if (!gone)
        {
            LogUnkillable(_start.Name, _tree.Describe());
            return false;
        }

        await Exited.ConfigureAwait(false);
        return true;
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Runner} started as process {Pid} on {Engine}; cgroup: {Cgroup}")]
    private static partial void LogStarted(ILogger log, string runner, int pid, string engine, string cgroup);

    [LoggerMessage(Level = LogLevel.Debug, Message = "A {Frame} frame could not be sent to {Runner}: {Reason}")]
    private partial void LogUnsendable(string runner, FrameType frame, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The line to {Runner} broke")]
    private partial void LogBroken(Exception problem, string runner);

    [LoggerMessage(Level = LogLevel.Error, Message = "Processes of {Runner} could not be killed: {Pids}")]
    private partial void LogUnkillable(string runner, string pids);
}
