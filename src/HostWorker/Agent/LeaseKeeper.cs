using System.ComponentModel;
using Eformer.Pool.Leases;
using Eformer.Pool.Store;
using Microsoft.Extensions.Logging;

namespace Eformer.Pool.HostWorker.Agent;

/// <summary>Accepts and ends leases on an agent's hosts as the store assigns them. Called by one loop.</summary>
internal sealed partial class LeaseKeeper(IReadOnlyList<HostSlot> slots, FenceFile file, Action onChanged, ILogger logger)
{
    /// <summary>The fences to publish.</summary>
    public IReadOnlyList<HostFence> Fences() =>
        [.. slots.Select(slot => (slot.Key, slot.Fence)).Select(pair => new HostFence(pair.Key, pair.Fence.Epoch, pair.Fence.LeaseId, pair.Fence.Held))];

    /// <summary>Acts on a heartbeat's answer.</summary>
    /// <param name="reply">The answer.</param>
    /// <param name="askedAt">Timestamp before the heartbeat was sent.</param>
    /// <returns>Whether leases were accepted, so that the next heartbeat should not wait.</returns>
    public bool Apply(HeartbeatReply reply, long askedAt)
    {
        Dictionary<string, HostAssignment> assignments = reply.Assignments.ToDictionary(a => a.Host, StringComparer.Ordinal);
        Dictionary<string, LeaseRecord> leases = reply.Leases.ToDictionary(lease => lease.LeaseId, StringComparer.Ordinal);
        List<(HostSlot Slot, LeaseRecord Lease)> offers = [];
        foreach (HostSlot slot in slots)
        {
            HostAssignment? assignment = assignments.GetValueOrDefault(slot.Key);
            LeaseRecord? assigned = assignment is null ? null : leases.GetValueOrDefault(assignment.LeaseId);
            Reconcile(slot, assignment, assigned, askedAt);
            if (assignment is { State: HostState.Granted } && assigned is not null && slot.CanAccept(assigned))
            {
                offers.Add((slot, assigned));
            }
        }

        return offers.Count > 0 && AcceptAll(offers, askedAt);
    }

    /// <summary>Ends every lease, because the agent's record is gone or the agent ends.</summary>
    public Task EndAllAsync(StopCause cause) => Task.WhenAll(slots.Select(slot => EndAsync(slot, cause)));

    /// <summary>Ends leases whose owner has not been heard from for too long.</summary>
    public void CheckDeadlines()
    {
        foreach (HostSlot slot in slots.Where(slot => slot.Lease is not null))
        {
            LeasePhase phase = slot.Phase();
            if (phase == LeasePhase.Stop)
            {
                slot.Stop(StopCause.LeaseEnded);
            }
            else if (phase != LeasePhase.Work)
            {
                LogFenced(slot.Key);
                slot.Runners.KillNow("its lease was not renewed in time");
                _ = EndAsync(slot, StopCause.LeaseEnded);
            }
        }
    }

    private void Reconcile(HostSlot slot, HostAssignment? assignment, LeaseRecord? assigned, long askedAt)
    {
        LeaseRecord? held = slot.Lease;
        if (held is null)
        {
            return;
        }

        if (assigned?.LeaseId == held.LeaseId && assignment!.State != HostState.Reclaiming)
        {
            slot.Observe(assigned, askedAt);
        }
        else
        {
            LogReleased(slot.Key, held.Grant.Pool);
            _ = EndAsync(slot, StopCause.LeaseEnded);
        }
    }

    private bool AcceptAll(List<(HostSlot Slot, LeaseRecord Lease)> offers, long askedAt)
    {
        Dictionary<string, Fence> accepted = offers.ToDictionary(
            offer => offer.Slot.Key,
            offer => new Fence(offer.Lease.Epoch, offer.Lease.LeaseId, offer.Lease.Generation, Held: true),
            StringComparer.Ordinal);

        // Without a durable fence a lease must not be accepted; its owner sees that nobody accepts and gives it back.
        if (!TrySave(accepted))
        {
            return false;
        }

        foreach ((HostSlot slot, LeaseRecord lease) in offers)
        {
            slot.Accept(lease, accepted[slot.Key], askedAt);
            LogAccepted(slot.Key, lease.Grant.Pool, lease.Epoch);
        }

        return true;
    }

    private bool TrySave(IReadOnlyDictionary<string, Fence> changes)
    {
        try
        {
            file.Put(changes);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or Win32Exception)
        {
            LogFenceNotWritten(exception);
            return false;
        }
    }

    private async Task EndAsync(HostSlot slot, StopCause cause)
    {
        try
        {
            await slot.EndLeaseAsync(cause);

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

    [LoggerMessage(103, LogLevel.Warning, "Host {Host} has not seen its lease renewed in time: it is ended")]
    private partial void LogFenced(string host);

    [LoggerMessage(104, LogLevel.Error, "Host {Host} could not be cleared; it is not free")]
    private partial void LogNotEnded(Exception exception, string host);

    [LoggerMessage(105, LogLevel.Error, "The fence file could not be written: leases are refused")]
    private partial void LogFenceNotWritten(Exception exception);
}
