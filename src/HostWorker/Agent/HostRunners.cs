using Eformer.Pool.HostWorker.Runners;

namespace Eformer.Pool.HostWorker.Agent;

/// <summary>The runners of one host: the lease's session, and a warm spare for what comes next.</summary>
/// <param name="start">Starts one.</param>
/// <param name="clock">The clock.</param>
/// <param name="ahead">Whether spares are started before they are needed.</param>
/// <remarks>Used by one attempt at a time; ending it may come from any thread.</remarks>
internal sealed class HostRunners(RunnerStarter start, TimeProvider clock, bool ahead = true) : IAsyncDisposable
{
    private static readonly TimeSpan s_firstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromMinutes(1);
    private readonly SemaphoreSlim _gate = new(1);
    private int _failures;
    private long _failedAt;
    private volatile string? _trouble;
    private readonly CancellationTokenSource _end = new();
    private Task<RunnerProcess>? _spare;
    private RunnerProcess? _session;
    private readonly List<RunnerProcess> _unended = [];
    private volatile RunnerProcess? _active;

    /// <summary>Starts a spare in the background when there is none, unless runners are started when they are needed.</summary>
    public async Task WarmAsync()
    {
        if (!ahead)
        {
            return;
        }

        await _gate.WaitAsync();
        try
        {
            _spare ??= start(_end.Token);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Says, as this host's health, that something of a lease cannot be ended.</summary>
    public void Complain(string trouble) => _trouble = trouble;

    /// <summary>Replaces a spare that died or did not start, with pauses that grow from one second to a minute.</summary>
    /// <returns>Why there is no spare; null when there is one, one is being started, or none was asked for.</returns>
    public async Task<string?> TendAsync()
    {
        if (!await _gate.WaitAsync(TimeSpan.Zero))
        {
            // Somebody takes or ends a runner right now; the next look will tell.
            return _trouble;
        }

        try
        {
            if (_spare is not { IsCompleted: true } spare || (spare.IsCompletedSuccessfully && (await spare).IsAlive))
            {
                _failures = _spare is { IsCompleted: true } ? 0 : _failures;
                return _failures == 0 ? _trouble : "its runner is being started again";
            }

            return await RestartAsync(spare);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>A runner for an attempt. One of isolation Process must be given to <see cref="RetireAsync"/> afterwards.</summary>
    public async Task<RunnerProcess> TakeAsync(Isolation isolation, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (isolation != Isolation.Process && _session is { IsAlive: true })
            {
                return _active = _session;
            }

            if (isolation != Isolation.Process)
            {
                await EndSessionAsync();
            }

            RunnerProcess runner = await TakeSpareAsync(cancellationToken);
            _failures = 0;
            if (isolation != Isolation.Process)
            {
                _session = runner;
            }

            return _active = runner;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Ends a runner that served one attempt and warms the next. One that does not end is tried again at the lease's end.</summary>
    public async Task RetireAsync(RunnerProcess runner)
    {
        try
        {
            await runner.DisposeAsync();
        }
        catch (SlicePoolException exception) when (exception.ErrorId == "HostNotClear")
        {
            // Its attempt has ended all the same; the host is not given back while it lives.
            Complain(exception.Message);
            lock (_unended)
            {
                _unended.Add(runner);
            }
        }

        await WarmAsync();
    }

    /// <summary>Kills what may run user code, from the calling thread and without waiting for anything: the last line of the fence.</summary>
    public void KillNow(string reason) => _ = _active?.KillAsync(reason);

    /// <summary>Ends the lease's session with everything it started. Returns when nothing of it is left.</summary>
    public async Task EndLeaseAsync()
    {
        await _gate.WaitAsync();
        try
        {
            await EndSessionAsync();
            await EndUnendedAsync();
            _trouble = null;
        }
        finally
        {
            _gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await EndLeaseAsync();
        if (_spare is not null)
        {
            await EndSpareAsync(_spare);
        }

        _end.Dispose();
        _gate.Dispose();
    }

    // A spare that died while waiting, or never started, is replaced once; then the reason is the attempt's error.
    private async Task<RunnerProcess> TakeSpareAsync(CancellationToken cancellationToken)
    {
        _spare ??= start(_end.Token);
        await ((Task)_spare).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        Task<RunnerProcess> spare = _spare;
        _spare = null;
        if (spare.IsCompletedSuccessfully && (await spare).IsAlive)
        {
            return await spare;
        }

        await EndSpareAsync(spare);
        return await start(cancellationToken);
    }

    private async Task<string> RestartAsync(Task<RunnerProcess> spare)
    {
        string why = spare.Exception?.InnerException?.Message ?? "its runner ended while it was idle";
        if (_failures == 0 || clock.GetElapsedTime(_failedAt) >= Pause(_failures))
        {
            _failures++;
            _failedAt = clock.GetTimestamp();
            await EndSpareAsync(spare);
            _spare = start(_end.Token);
        }

        return why;
    }

    private static TimeSpan Pause(int failures)
    {
        double seconds = s_firstPause.TotalSeconds * Math.Pow(2, Math.Min(failures - 1, 10));
        return TimeSpan.FromSeconds(Math.Min(seconds, s_longestPause.TotalSeconds));
    }

    private static async Task EndSpareAsync(Task<RunnerProcess> spare)
    {
        await ((Task)spare).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (spare.IsCompletedSuccessfully)
        {
            await (await spare).DisposeAsync();
        }
    }

    private async Task EndUnendedAsync()
    {
        while (FirstUnended() is { } runner)
        {
            await runner.DisposeAsync();
            lock (_unended)
            {
                _unended.Remove(runner);
            }
        }
    }

    private RunnerProcess? FirstUnended()
    {
        lock (_unended)
        {
            return _unended.FirstOrDefault();
        }
    }

    private async Task EndSessionAsync()
    {
        if (_session is not null)
        {
            await _session.DisposeAsync();
            _session = null;
        }
    }
}
