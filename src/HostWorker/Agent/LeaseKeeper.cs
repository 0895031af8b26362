using System.Collections.Concurrent;
using Eformer.Pool.Leases;
using Eformer.Pool.Store;
using Microsoft.Extensions.Logging;

namespace Eformer.Pool.HostWorker.Agent;

/// <summary>Accepts and ends leases on an agent's hosts as the store assigns them and <see cref="WorkerLease"/> decides. Called by one loop.</summary>
internal sealed partial class LeaseKeeper(IReadOnlyList<HostSlot> slots, FenceFile file, Action onChanged, ILogger logger)
{
    private readonly ConcurrentDictionary<string, bool> _keepDue = new(StringComparer.Ordinal);

    /// <summary>The fences to publish.</summary>
    public IReadOnlyList<HostFence> Fences() =>
        [.. slots.Select(slot => (slot.Key, slot.Fence)).Select(pair => new HostFence(pair.Key, pair.Fence.Epoch, pair.Fence.LeaseId, pair.Fence.Held))];

    /// <summary>How long the next heartbeat may wait: as often as the shortest lease is renewed, at least.</summary>
    public TimeSpan Period(TimeSpan longest)
    {
        IEnumerable<TimeSpan> renewals = slots.Select(slot => slot.Lease).OfType<LeaseRecord>()
            .Select(lease => new LeaseTimings(TimeSpan.FromMilliseconds(lease.Grant.TtlMs)).RenewEvery);
        return renewals.Append(longest).Min();
    }

    /// <summary>Acts on a heartbeat's answer.</summary>
    /// <param name="reply">The answer.</param>
    /// <param name="askedAt">Timestamp before the heartbeat was sent.</param>
    /// <returns>Whether leases were accepted, so that the next heartbeat should not wait.</returns>
    public bool Apply(HeartbeatReply reply, long askedAt)
    {
        Dictionary<string, HostAssignment> assignments = reply.Assignments.ToDictionary(a => a.Host, StringComparer.Ordinal);
        Dictionary<string, LeaseRecord> leases = reply.Leases.ToDictionary(lease => lease.LeaseId, StringComparer.Ordinal);
        List<HostSlot> offered = [];
        foreach (HostSlot slot in slots)
        {
            HostAssignment? assignment = assignments.GetValueOrDefault(slot.Key);
            LeaseRecord? lease = assignment is null ? null : leases.GetValueOrDefault(assignment.LeaseId);
            LogUnconfirmedOf(slot, assignment);
            if (Obey(slot, new WorkerEvent.Answered(assignment, lease, askedAt)).HasFlag(WorkerCommands.SaveFence))
            {
                offered.Add(slot);
            }
        }

        return offered.Count > 0 && AcceptAll(offered);
    }

    /// <summary>Ends every lease, because the agent's record is gone or the agent ends.</summary>
    public Task EndAllAsync(StopCause cause) => Task.WhenAll(slots.Select(slot => EndAsync(slot, cause)));

    /// <summary>Ends leases whose owner has not been heard from for too long. May be called from another thread.</summary>
    public void CheckDeadlines()
    {
        foreach (HostSlot slot in slots.Where(slot => slot.Lease is not null))
        {
            Obey(slot, new WorkerEvent.Tick());
        }
    }

    /// <summary>Takes in that a lease's owner wishes it to be kept without a driver.</summary>
    /// <param name="leaseId">The lease.</param>
    /// <param name="until">Timestamp after which it may not be.</param>
    public void Keep(string leaseId, long until)
    {
        foreach (HostSlot slot in slots.Where(slot => slot.Lease?.LeaseId == leaseId))
        {
            Obey(slot, new WorkerEvent.KeepWished(until));
        }
    }

    /// <summary>Whether a lease is to be renewed in its driver's stead. Asking takes the answer away.</summary>
    public bool TakeKeepDue(string leaseId) => _keepDue.TryRemove(leaseId, out _);

    private WorkerCommands Obey(HostSlot slot, WorkerEvent what)
    {
        LeaseRecord? held = slot.Lease;
        WorkerCommands commands = slot.Take(what);
        if (commands.HasFlag(WorkerCommands.EndLease) && held is not null)
        {
            LogEnded(slot, held, commands);
            _ = EndAsync(slot, StopCause.LeaseEnded);
        }

        if (commands.HasFlag(WorkerCommands.KeepAlive) && held is not null)
        {
            _keepDue[held.LeaseId] = true;
            onChanged();
        }

        return commands;
    }

    private bool AcceptAll(List<HostSlot> offered)
    {
        Dictionary<string, Fence> fences = offered.ToDictionary(slot => slot.Key, slot => slot.State.FenceToSave, StringComparer.Ordinal);

        // Without a durable fence a lease must not be accepted; its owner sees that nobody accepts and gives it back.
        bool saved = TrySave(fences);
        bool report = false;
        foreach (HostSlot slot in offered)
        {
            WorkerCommands commands = Obey(slot, saved ? new WorkerEvent.FenceSaved(fences[slot.Key]) : new WorkerEvent.FenceNotSaved());
            report |= commands.HasFlag(WorkerCommands.ReportNow);
            if (slot.Lease is { } lease)
            {
                LogAccepted(slot.Key, lease.Grant.Pool, lease.Epoch);
            }
        }

        return report;
    }

    private void LogUnconfirmedOf(HostSlot slot, HostAssignment? assignment)
    {
        if (assignment is { State: HostState.Unconfirmed } && slot.Lease is { } held && held.LeaseId == assignment.LeaseId)
        {
            LogUnconfirmed(slot.Key, held.Grant.Pool);
        }
    }

    private void LogEnded(HostSlot slot, LeaseRecord held, WorkerCommands commands)
    {
        if (commands.HasFlag(WorkerCommands.KillNow))
        {
            LogFenced(slot.Key);
        }
        else
        {
            LogReleased(slot.Key, held.Grant.Pool);
        }
    }

    private bool TrySave(IReadOnlyDictionary<string, Fence> changes)
    {
        try
        {
            file.Put(changes);
            return true;
        }
        catch (Exception exception) when (FenceFile.IsTrouble(exception))
        {
            LogFenceNotWritten(exception.Message);
            return false;
        }
    }

    private async Task EndAsync(HostSlot slot, StopCause cause)
    {
        long epoch = slot.Fence.Epoch;
        try
        {
            if (await slot.EndLeaseAsync(cause))
            {
                LogCleared(slot.Key, epoch);
            }

            // The end needs no durability: an agent that restarts holds nothing, whatever the file says.
            TrySave(new Dictionary<string, Fence>(StringComparer.Ordinal) { [slot.Key] = slot.Fence });

            if (cause != StopCause.AgentEnding)
            {
                await slot.Runners.WarmAsync();
            }
        }
        catch (Exception exception)
        {
            // The fence stays up, so the host is not offered to anybody else before its processes are gone.
            LogNotEnded(exception, slot.Key);
        }

        onChanged();
    }

    [LoggerMessage(101, LogLevel.Information, "Host {Host} accepted a lease of pool {Pool}, epoch {Epoch}")]
    private partial void LogAccepted(string host, string pool, long epoch);

    [LoggerMessage(102, LogLevel.Information, "Host {Host} was given back by pool {Pool}")]
    private partial void LogReleased(string host, string pool);

    [LoggerMessage(106, LogLevel.Warning, "Host {Host} holds a lease of pool {Pool} that the store has lost")]
    private partial void LogUnconfirmed(string host, string pool);

    [LoggerMessage(107, LogLevel.Information, "Host {Host} is clear of its lease, epoch {Epoch}")]
    private partial void LogCleared(string host, long epoch);

    [LoggerMessage(103, LogLevel.Warning, "Host {Host} has not seen its lease renewed in time: it is ended")]
    private partial void LogFenced(string host);

    [LoggerMessage(104, LogLevel.Error, "Host {Host} could not be cleared; it is not free")]
    private partial void LogNotEnded(Exception exception, string host);

    [LoggerMessage(105, LogLevel.Error, "The fence file could not be written, so leases are refused: {Reason}")]
    private partial void LogFenceNotWritten(string reason);
}
