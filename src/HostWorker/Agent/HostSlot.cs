using Eformer.Pool.Leases;
using Eformer.Pool.Store;
using Eformer.Pool.Topology;

namespace Eformer.Pool.HostWorker.Agent;

/// <summary>One host of an agent: its fence, the lease it honours, and the attempt that runs. Thread-safe.</summary>
internal sealed class HostSlot(HostRegistration registration, HostRunners runners, Fence fence, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private LeaseRecord? _lease;
    private LeaseProof _proof;
    private Attempt? _attempt;
    private Task? _ending;

    public HostRegistration Registration { get; } = registration;

    public HostRunners Runners { get; } = runners;

    public string Key => Registration.Host;

    public Fence Fence { get; private set; } = fence;

    /// <summary>The lease that is honoured now; null when none is, or it is being ended.</summary>
    public LeaseRecord? Lease
    {
        get
        {
            lock (_gate)
            {
                return _ending is null ? _lease : null;
            }
        }
    }

    /// <summary>Whether a grant may be accepted now.</summary>
    public bool CanAccept(LeaseRecord lease)
    {
        lock (_gate)
        {
            return _lease is null && Fence.Accepts(lease.LeaseId, lease.Epoch);
        }
    }

    /// <summary>Honours a lease whose fence is on disk.</summary>
    public void Accept(LeaseRecord lease, Fence accepted, long provedAt)
    {
        lock (_gate)
        {
            Fence = accepted;
            _lease = lease;
            _proof = new LeaseProof(new LeaseTimings(TimeSpan.FromMilliseconds(lease.Grant.TtlMs)), provedAt);
        }
    }

    /// <summary>Takes in what the store says of the lease: a renewal counter that changed proves that its owner lives.</summary>
    public void Observe(LeaseRecord seen, long askedAt)
    {
        lock (_gate)
        {
            if (_lease is not null && _lease.LeaseId == seen.LeaseId && _lease.RenewalCount != seen.RenewalCount)
            {
                _lease = seen;
                _proof = _proof.Renewed(askedAt);
            }
        }
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
    public LeasePhase Phase()
    {
        lock (_gate)
        {
            return _lease is null ? LeasePhase.Lapsed : _proof.PhaseAt(clock.GetTimestamp(), clock);
        }
    }

    /// <summary>Makes an attempt the one that runs.</summary>
    /// <returns>Why it may not run; null when it may.</returns>
    public string? TryBegin(Attempt attempt, string leaseId, long epoch)
    {
        lock (_gate)
        {
            if (_ending is not null || !Fence.Allows(leaseId, epoch) || _lease is null)
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
            return _lease is null ? Task.CompletedTask : _ending ??= Task.Run(() => EndAsync(cause));
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
        await Runners.EndLeaseAsync();
        lock (_gate)
        {
            Fence = Fence.Ended();
            _lease = null;
            _ending = null;
        }
    }
}
