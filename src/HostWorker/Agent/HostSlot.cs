using Eformer.Pool.Leases;
using Eformer.Pool.Store;
using Eformer.Pool.Topology;

namespace Eformer.Pool.HostWorker.Agent;

/// <summary>One host of an agent: its fence, the lease it honours, and the attempt that runs. Thread-safe.</summary>
internal sealed class HostSlot(
    HostRegistration registration, HostRunners runners, Fence fence, Func<string, string, Task> onCleared, TimeProvider clock)
{
    private static readonly TimeSpan s_clearPause = TimeSpan.FromSeconds(5);
    private readonly Lock _gate = new();
    private WorkerLease _state = WorkerLease.Start(fence);
    private readonly AttemptQueue _attempts = new();
    private Task? _ending;
    private Task _lastArrival = Task.CompletedTask;

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
                return _attempts.Current is not null;
            }
        }
    }

    /// <summary>The attempt that runs, and those that wait for their turn.</summary>
    public IReadOnlyList<Attempt> Attempts
    {
        get
        {
            lock (_gate)
            {
                return _attempts.All;
            }
        }
    }

    /// <summary>What may be done under the lease now.</summary>
    public LeasePhase Phase() => State.PhaseAt(clock.GetTimestamp(), clock);

    /// <summary>Notes a command that came for this host. See <see cref="Arrival"/>.</summary>
    /// <returns>The one before it: both complete when their attempts have taken their places here.</returns>
    public Task Follow(Task arrival) => Interlocked.Exchange(ref _lastArrival, arrival);

    /// <summary>Makes an attempt the one that runs; on a busy host at once, in its turn or not at all, as it was told.</summary>
    /// <returns>Why it may not run; null when it may, or was stopped while it waited.</returns>
    public async Task<AttemptRefusal?> BeginAsync(Attempt attempt, string leaseId, long epoch, WhenBusy whenBusy)
    {
        Task turn;
        Attempt displaced;
        lock (_gate)
        {
            if (!_state.Allows(leaseId, epoch))
            {
                return new AttemptRefusal("the lease ended before the attempt started", IsBusy: false);
            }

            if (_attempts.TryBegin(attempt))
            {
                return null;
            }

            if (whenBusy == WhenBusy.Refuse || _attempts.IsFull)
            {
                string full = whenBusy == WhenBusy.Refuse ? "" : $", and {AttemptQueue.MaxWaiting} more are waiting";
                return new AttemptRefusal($"busy with run {_attempts.Current!.RunId}{full}", IsBusy: true);
            }

            displaced = _attempts.Current!;
            turn = _attempts.Wait(attempt, first: whenBusy == WhenBusy.Preempt);
        }

        if (whenBusy == WhenBusy.Preempt)
        {
            // The one that was seen to be in the way; a moment later this one itself may run.
            displaced.Stop(StopCause.Displaced);
        }

        // Stopped while it waits: whoever asked for its turn sees that by its cause, and ends it.
        await turn.WaitAsync(attempt.StopToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return null;
    }

    /// <summary>Ends an attempt that began, or waited: the next one's turn comes.</summary>
    public void End(Attempt attempt)
    {
        lock (_gate)
        {
            _attempts.Remove(attempt);
        }

        attempt.MarkEnded();
    }

    /// <summary>Stops what runs and what waits, or of it only a run's attempts up to a number.</summary>
    public void Stop(StopCause cause, string? runId = null, int upTo = int.MaxValue)
    {
        // Those that wait first, or one of them would begin when the one that runs has ended.
        foreach (Attempt attempt in Attempts.Reverse().Where(attempt => runId is null || (attempt.RunId == runId && attempt.Number <= upTo)))
        {
            attempt.Stop(cause);
        }
    }

    private Attempt? Current()
    {
        lock (_gate)
        {
            return _attempts.Current;
        }
    }

    /// <summary>
    /// Ends the lease: stops what runs, ends the session and, when nothing of it is left, lowers the fence to "ended".
    /// Doing it twice is doing it once.
    /// </summary>
    /// <returns>Whether this call ended it: false when there was none, or somebody was ending it already.</returns>
    public async Task<bool> EndLeaseAsync(StopCause cause)
    {
        (Task ending, bool isOurs) = BeginEnd(cause);
        await ending;
        return isOurs;
    }

    private (Task Ending, bool IsOurs) BeginEnd(StopCause cause)
    {
        lock (_gate)
        {
            Step(new WorkerEvent.EndAsked());
            bool isOurs = _state.Phase == WorkerPhase.Ending && _ending is null;
            return (_state.Phase == WorkerPhase.Ending ? _ending ??= Task.Run(() => EndAsync(cause)) : Task.CompletedTask, isOurs);
        }
    }

    private async Task EndAsync(StopCause cause)
    {
        Stop(cause);
        while (Current() is { } attempt)
        {
            attempt.Stop(cause);
            await attempt.Ended;
        }

        await ClearAsync();
        // What was copied for the lease, after the last who could use it.
        await onCleared(Key, Fence.LeaseId);
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
