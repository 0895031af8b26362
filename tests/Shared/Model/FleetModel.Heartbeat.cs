using System.Collections.Immutable;
using Eformer.Pool.Store;

namespace Eformer.Pool.Testing.Model;

// heartbeat.lua
public sealed partial record FleetModel
{
    /// <summary>Keeps an agent alive, takes its hosts' fences, and tells what its hosts are leased for.</summary>
    public (FleetModel Next, HeartbeatReply Reply) Heartbeat(AgentHeartbeat heartbeat, long now)
    {
        if (!Agents.TryGetValue(heartbeat.AgentId, out AgentModel? agent) || agent.Incarnation != heartbeat.Incarnation)
        {
            return (this, Stranger(agent is null ? HeartbeatStatus.Unknown : HeartbeatStatus.Superseded));
        }

        if (heartbeat.Fences.Any(fence => Hosts.GetValueOrDefault(fence.Host)?.AgentId != heartbeat.AgentId))
        {
            return (this, Stranger(HeartbeatStatus.Unknown));
        }

        FleetModel next = Heard(heartbeat, agent with { Load = heartbeat.Load ?? agent.Load }, now);
        return (next, next.Assignments(heartbeat.Fences, now));
    }

    private HeartbeatReply Stranger(HeartbeatStatus status) =>
        new(status, [], []) { Generation = status == HeartbeatStatus.Unknown ? Generation : "" };

    private FleetModel Heard(AgentHeartbeat heartbeat, AgentModel agent, long now)
    {
        ImmutableSortedDictionary<string, HostModel> hosts = Hosts;
        foreach (HostFence fence in heartbeat.Fences)
        {
            hosts = hosts.SetItem(fence.Host, Settle(Hosts[fence.Host], fence, now));
        }

        foreach ((string name, HostHealth health) in heartbeat.Health)
        {
            hosts = hosts.TryGetValue(name, out HostModel? host) ? hosts.SetItem(name, host with { Health = health }) : hosts;
        }

        return this with
        {
            Hosts = hosts,
            Agents = Agents.SetItem(heartbeat.AgentId, agent),
            Beats = Beats.SetItem(heartbeat.AgentId, now + heartbeat.LifeMs),
        };
    }

    private HeartbeatReply Assignments(IReadOnlyList<HostFence> fences, long now)
    {
        List<HostAssignment> assignments = [];
        foreach (HostFence fence in fences)
        {
            HostModel host = Hosts[fence.Host];
            if (host.State != HostState.Idle)
            {
                assignments.Add(new HostAssignment(fence.Host, host.State, host.LeaseId, host.Epoch));
            }
        }

        LeaseRecord[] leases =
        [
            .. assignments.Select(assignment => assignment.LeaseId).Distinct(StringComparer.Ordinal)
                .Where(id => Unlapsed(id, now) is not null).Select(id => Kept(Leases[id].ToRecord(id, now))),
        ];
        return new HeartbeatReply(HeartbeatStatus.Alive, assignments, leases);
    }

    private LeaseRecord Kept(LeaseRecord lease) => lease with { Keep = Pools.GetValueOrDefault(lease.Grant.Pool)?.Keep ?? lease.Keep };

    private HostModel Settle(HostModel host, HostFence fence, long now)
    {
        long highest = Math.Max(fence.Epoch, host.FenceEpoch);
        // The store lost data: the agent holds a later lease than any it was seen with. Its owner may reassert it.
        bool other = host.State != HostState.Idle && fence.Epoch == host.Epoch && fence.LeaseId != host.LeaseId;
        if (fence.Held && (fence.Epoch > (host.State == HostState.Idle ? host.FenceEpoch : host.Epoch) || other))
        {
            return host.In(HostState.Unconfirmed, fence.Epoch, fence.LeaseId, highest);
        }

        HostState state = Next(host, fence, now);
        return state == HostState.Reclaiming && HasEnded(host, fence) ? host.Idle(highest) : host with { State = state, FenceEpoch = highest };
    }

    private HostState Next(HostModel host, HostFence fence, long now)
    {
        bool exactly = fence.Held && fence.LeaseId == host.LeaseId && fence.Epoch == host.Epoch;
        bool lives = Unlapsed(host.LeaseId, now) is not null;
        HostState state = host.State;
        if (state == HostState.Idle)
        {
            return state;
        }

        if (IsOverdue(fence.Host, now) || (state == HostState.Unconfirmed && HasEnded(host, fence)))
        {
            return HostState.Reclaiming;
        }

        if (state is HostState.Unconfirmed or HostState.Reclaiming)
        {
            return state;
        }

        // A fence at or above the lease's epoch that does not hold it never will. A lower one is an old heartbeat that comes late.
        return !lives ? HostState.Reclaiming
            : state == HostState.Lost || (!exactly && fence.Epoch >= host.Epoch) ? HostState.Lost
            : exactly ? HostState.Held
            : state;
    }

    // A lower fence may be an old heartbeat that comes late, from before the agent accepted.
    private static bool HasEnded(HostModel host, HostFence fence) => !fence.Held && fence.Epoch >= host.Epoch;

    private bool IsOverdue(string host, long now) =>
        Suspended.TryGetValue(host, out SuspensionModel? suspension) && suspension.Deadline < now;
}
