using System.ComponentModel;

namespace Eformer.Pool.Local;

/// <summary>Keeps a local fleet's agent alive: one that died is started again, with pauses that grow from half a second to half a minute.</summary>
internal sealed class AgentSupervisor : IAsyncDisposable
{
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_startLimit = TimeSpan.FromSeconds(30);
    private readonly Func<WorkerProcess> _start;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _end = new();
    private volatile WorkerProcess? _agent;
    private Task _watch = Task.CompletedTask;

    public AgentSupervisor(Func<WorkerProcess> start, TimeProvider clock)
    {
        _start = start;
        _clock = clock;
        _agent = start();
    }

    /// <summary>Waits until the first agent serves; from then on it is watched.</summary>
    /// <exception cref="SlicePoolException"><c>WorkerFailed</c>, with what the process said.</exception>
    public async Task WaitReadyAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        await _agent!.WaitReadyAsync(limit, cancellationToken);
        _watch = Task.Run(WatchAsync, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _watch.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await (_agent?.DisposeAsync() ?? ValueTask.CompletedTask);
        _end.Dispose();
    }

    private async Task WatchAsync()
    {
        TimeSpan pause = s_firstPause;
        while (true)
        {
            await (_agent?.Exited ?? Task.CompletedTask).WaitAsync(_end.Token);
            await Task.Delay(pause, _clock, _end.Token);
            pause = await TryRestartAsync() ? s_firstPause : Longer(pause);
        }
    }

    // A start that fails is tried again: the pool tells meanwhile that its hosts are not heard.
    private async Task<bool> TryRestartAsync()
    {
        WorkerProcess? former = _agent;
        _agent = null;
        try
        {
            await (former?.DisposeAsync() ?? ValueTask.CompletedTask);
            _agent = _start();
            await _agent.WaitReadyAsync(s_startLimit, _end.Token);
            return true;
        }
        catch (Exception exception) when (exception is SlicePoolException or IOException or Win32Exception or InvalidOperationException)
        {
            return false;
        }
    }

    private static TimeSpan Longer(TimeSpan pause) => pause * 2 < s_longestPause ? pause * 2 : s_longestPause;
}
