using System.Collections.Concurrent;
using Eformer.Pool.Envelopes;
using Eformer.Pool.Leases;
using Eformer.Pool.Store;
using Microsoft.Extensions.Logging;

namespace Eformer.Pool.HostWorker.Agent;

/// <summary>Takes in what reaches an agent through its doorbell and its inbox, and acts on the commands that are genuine, new and allowed.</summary>
internal sealed partial class CommandReceiver(
    AgentContext agent, IReadOnlyList<HostSlot> slots, RunExecution execution, SeenCommands seen, CancelledRuns cancelled, Action onLeases, ILogger logger)
{
    private readonly CommandCheck _check = new(agent.Verifier, agent.Store.Fleet, agent.Clock);
    private const int MaxDeferred = 64;
    private readonly ConcurrentQueue<byte[]> _deferred = new();
    private readonly Lock _gate = new();
    private readonly HashSet<Task> _running = [];

    /// <summary>Acts on one message; never blocks and never throws, whatever the bytes are.</summary>
    public void Receive(ReadOnlyMemory<byte> bytes) => Receive(bytes, again: false);

    /// <summary>Acts on what had to wait for news of leases. Called after each heartbeat that brought them.</summary>
    public void ReceiveDeferred()
    {
        for (int count = _deferred.Count; count > 0 && _deferred.TryDequeue(out byte[]? bytes); count--)
        {
            Receive(bytes, again: true);
        }
    }

    private void Receive(ReadOnlyMemory<byte> bytes, bool again)
    {
        if (!AgentMessage.TryDecode(bytes, out AgentMessage message))
        {
            LogRejected(AgentMessageKind.Run, RejectReason.Malformed);
            return;
        }

        RejectReason reason = message.Kind switch
        {
            AgentMessageKind.Leases => Hint(),
            AgentMessageKind.Run => Run(message, bytes, again),
            _ => Cancel(message),
        };
        if (reason != RejectReason.None)
        {
            LogRejected(message.Kind, reason);
        }
    }

    /// <summary>Waits until no command is being carried out.</summary>
    public Task DrainAsync()
    {
        lock (_gate)
        {
            return Task.WhenAll(_running);
        }
    }

    private void Defer(ReadOnlyMemory<byte> bytes)
    {
        if (_deferred.Count < MaxDeferred)
        {
            _deferred.Enqueue(bytes.ToArray());
        }

        onLeases();
    }

    private RejectReason Hint()
    {
        onLeases();
        return RejectReason.None;
    }

    private RejectReason Run(AgentMessage message, ReadOnlyMemory<byte> bytes, bool again)
    {
        RejectReason reason = _check.OpenRun(message.Command, out RunCommand command);
        if (reason != RejectReason.None)
        {
            return reason;
        }

        HostSlot[] leased = [.. slots.Where(slot => Holds(slot, command.Lease) && slot.Phase() == LeasePhase.Work)];
        if (Array.Exists(leased, slot => !IsOwner(slot, command)) && !again)
        {
            // The pool may have been taken over a moment ago: the next heartbeat tells whose it is.
            Defer(bytes);
            return RejectReason.None;
        }

        leased = [.. leased.Where(slot => IsOwner(slot, command))];
        if (leased.Length == 0 || leased[0].Lease is not { } lease)
        {
            return RejectReason.Fenced;
        }

        HostSlot[] chosen = [.. leased.Where(slot => IsChosen(slot, command, lease.Grant))];
        if (chosen.Length == 0)
        {
            return RejectReason.UnknownHost;
        }

        ILookup<int, HostSlot> byIndex = chosen.ToLookup(slot => HostEnvironment.IndexOf(lease.Grant, slot.Key));
        if (seen.TakeNew($"{command.RunId}.{command.Nonce}.{command.Attempt}.{command.Lease.LeaseId}", [.. byIndex.Select(slot => slot.Key)]) is not { } fresh)
        {
            return RejectReason.Overloaded;
        }

        HostSlot[] news = [.. fresh.SelectMany(index => byIndex[index])];
        if (news.Length > 0)
        {
            if (seen.IsNew($"{command.RunId}.{command.Nonce}"))
            {
                cancelled.Restart(command.RunId, command.IssuedMs);
            }

            Begin(command, lease, news, message.Payload);
        }

        return RejectReason.None;
    }

    private RejectReason Cancel(AgentMessage message)
    {
        RejectReason reason = _check.OpenCancel(message.Command, out CancelCommand command);
        if (reason == RejectReason.None && IsFirstTime(command))
        {
            // First remembered, then stopped: an attempt that is about to begin looks here right after it has begun.
            cancelled.Add(command.RunId, command.Attempt, command.IssuedMs);
            foreach (HostSlot slot in slots.Where(slot => Holds(slot, command.Lease)))
            {
                slot.Stop(StopCause.Cancelled, command.RunId, command.Attempt);
            }
        }

        return reason;
    }

    // It comes by two ways, and the later copy must not stop a later run of the same id. When nothing more can be remembered, all are obeyed.
    private bool IsFirstTime(CancelCommand command)
    {
        string key = $"stop.{command.RunId}.{command.Attempt}.{command.IssuedMs}.{command.Lease.LeaseId}";
        bool first = !seen.Has(key);
        seen.IsNew(key);
        return first;
    }

    // One look at the state: an agent may play thousands of hosts, and asks this of each for every command.
    private static bool Holds(HostSlot slot, LeaseToken token)
    {
        WorkerLease state = slot.State;
        return state.Allows(token.LeaseId, token.Epoch) && state.Fence.Generation == token.Generation;
    }

    // A pool that was taken over keeps its leases; whoever had it before must not command any more.
    private static bool IsOwner(HostSlot slot, RunCommand command) => slot.Lease?.Grant.OwnerId == command.DriverId;

    private static bool IsChosen(HostSlot slot, RunCommand command, LeaseGrant grant) =>
        command.HostIds is null
        || command.HostIds.Any(id => id >= 0 && id < grant.Hosts.Count && grant.Hosts[id] == slot.Key);

    private void Begin(RunCommand command, LeaseRecord lease, HostSlot[] chosen, ReadOnlyMemory<byte> payload)
    {
        lock (_gate)
        {
            _running.RemoveWhere(running => running.IsCompleted);
            _running.Add(ExecuteAsync(command, lease, chosen, payload, new Arrival(chosen)));
        }
    }

    private async Task ExecuteAsync(RunCommand command, LeaseRecord lease, HostSlot[] chosen, ReadOnlyMemory<byte> payload, Arrival arrival)
    {
        // Off the doorbell's thread: the next message must not wait for this one.
        await Task.Yield();
        using Arrival place = arrival;
        try
        {
            await execution.ExecuteAsync(command, lease, chosen, payload, arrival);
        }
        catch (SlicePoolException exception)
        {
            LogNotClaimed(command.RunId, exception.ErrorId, exception.Message);
        }
        catch (Exception exception)
        {
            // Nothing was started: the driver takes the attempts that nobody claimed, or sees the lease end.
            LogFailed(exception, command.RunId);
        }
    }

    [LoggerMessage(401, LogLevel.Warning, "A message of kind {Kind} was refused: {Reason}")]
    private partial void LogRejected(AgentMessageKind kind, RejectReason reason);

    [LoggerMessage(403, LogLevel.Error, "Run {Run} could not be carried out: {Id}: {Reason}")]
    private partial void LogNotClaimed(string run, string id, string reason);

    [LoggerMessage(402, LogLevel.Error, "Run {Run} could not be carried out")]
    private partial void LogFailed(Exception exception, string run);
}
