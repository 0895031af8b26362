using Eformer.Pool.Leases;
using Eformer.Pool.Store;
using Eformer.Pool.Topology;

namespace Eformer.Pool.HostWorker.Agent;

/// <summary>One host of an agent: its fence, the lease it honours, and the attempt that runs. Thread-safe.</summary>
internal sealed class HostSlot(HostRegistration registration, HostRunners runners, Fence fence, TimeProvider clock)
{
    private static readonly TimeSpan s_clearPause = TimeSpan.FromSeconds(5);
    private readonly Lock _gate = new();
    private WorkerLease _state = WorkerLease.Start(fence);
    private Attempt? _attempt;
    private Task? _ending;

    public HostRegistration Registration { get; } = registration;

    public HostRunners Runners { get; } = runners;

    public string Key => Registration.Host;

    /// <summary>The fence to publish: it is held until nothing of its lease is left.</summary>
    public Fence Fence => State.Fence;

    /// <summary>The lease that is honoured now; null when none is, or it is being ended.</summary>
    public LeaseRecord? Lease => State.Honoured;

    /// <summary>The host's side of its lease as it is now.</summary>
    public WorkerLease State
    {
        get
        {
            lock (_gate)
            {
                return _state;
            }
        }
    }

    /// <summary>Takes in what happened to the lease, and stops or kills what runs when it is time to.</summary>
    /// <returns>What was decided. The caller saves the fence, ends the lease, keeps it alive and reports.</returns>
    public WorkerCommands Take(WorkerEvent what)
    {
        WorkerCommands commands = Step(what);
        if (commands.HasFlag(WorkerCommands.StopWork))
        {
            Stop(StopCause.LeaseEnded);
        }

        if (commands.HasFlag(WorkerCommands.KillNow))
        {
            Runners.KillNow("its lease was not renewed in time");
        }

        return commands;
    }

    /// <summary>Whether an attempt runs.</summary>
    public bool IsBusy
    {
        get
        {
            lock (_gate)
            {
                return _attempt is not null;
            }
        }
    }

    /// <summary>What may be done under the lease now.</summary>
    public LeasePhase Phase() => State.PhaseAt(clock.GetTimestamp(), clock);

    /// <summary>Makes an attempt the one that runs.</summary>
    /// <returns>Why it may not run; null when it may.</returns>
    public string? TryBegin(Attempt attempt, string leaseId, long epoch)
    {
        lock (_gate)
        {
            if (!_state.Allows(leaseId, epoch))
            {
                return "the lease ended before the attempt started";
            }

            if (_attempt is not null)
            {
                return $"busy with run {_attempt.RunId}";
            }

            _attempt = attempt;
            return null;
        }
    }

    public void End(Attempt attempt)
    {
        lock (_gate)
        {
            _attempt = _attempt == attempt ? null : _attempt;
        }

        attempt.MarkEnded();
    }

    /// <summary>Stops the attempt that runs, if there is one and it belongs to the run; any run when null.</summary>
    public void Stop(StopCause cause, string? runId = null)
    {
        Attempt? attempt;
        lock (_gate)
        {
            attempt = _attempt;
        }

        if (attempt is not null && (runId is null || attempt.RunId == runId))
        {
            attempt.Stop(cause);
        }
    }

    /// <summary>
    /// Ends the lease: stops what runs, ends the session and, when nothing of it is left, lowers the fence to "ended".
    /// Doing it twice is doing it once.
    /// </summary>
    public Task EndLeaseAsync(StopCause cause)
    {
        lock (_gate)
        {
            Step(new WorkerEvent.EndAsked());
            return _state.Phase == WorkerPhase.Ending ? _ending ??= Task.Run(() => EndAsync(cause)) : Task.CompletedTask;
        }
    }

    private async Task EndAsync(StopCause cause)
    {
        Attempt? attempt;
        lock (_gate)
        {
            attempt = _attempt;
        }

        attempt?.Stop(cause);
        await (attempt?.Ended ?? Task.CompletedTask);
        await ClearAsync();
        lock (_gate)
        {
            Step(new WorkerEvent.Cleared());
            _ending = null;
        }
    }

    // The host stays taken, and says so, until everything of the lease is gone, however long that takes.
    private async Task ClearAsync()
    {
        while (true)
        {
            try
            {
                await Runners.EndLeaseAsync();
                return;
            }
            catch (SlicePoolException exception) when (exception.ErrorId == "HostNotClear")
            {
                Runners.Complain(exception.Message);
                await Task.Delay(s_clearPause, clock);
            }
        }
    }

    private WorkerCommands Step(WorkerEvent what)
    {
        lock (_gate)
        {
            (_state, WorkerCommands commands) = _state.Step(what, clock.GetTimestamp(), clock);
            return commands;
        }
    }
}
