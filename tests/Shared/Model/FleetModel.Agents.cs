using System.Collections.Immutable;
using Eformer.Pool.Store;
using Eformer.Pool.Topology;

namespace Eformer.Pool.Testing.Model;

// register.lua and deregister.lua
public sealed partial record FleetModel
{
    /// <summary>Adds or replaces an agent and its hosts.</summary>
    public (FleetModel Next, RegisterReply Reply) Register(AgentRegistration registration, string nonce, long now)
    {
        string agent = registration.AgentId;
        if (Machines.TryGetValue(registration.MachineId, out (string Agent, string Boot) machine)
            && IsAlive(machine.Agent, now) && (machine.Agent != agent || machine.Boot != registration.BootId))
        {
            return (this, new RegisterReply(null, machine.Agent, ""));
        }

        string? conflict = registration.Hosts.Select(host => host.Host).FirstOrDefault(name =>
            Hosts.TryGetValue(name, out HostModel? host) && host.AgentId != agent && IsAlive(host.AgentId, now));
        if (conflict is not null)
        {
            return (this, new RegisterReply(conflict, null, ""));
        }

        Dictionary<string, HostFence> fences = registration.Fences.ToDictionary(fence => fence.Host, StringComparer.Ordinal);
        string[] names = [.. registration.Hosts.Select(host => host.Host)];
        IEnumerable<string> former = Agents.TryGetValue(agent, out AgentModel? known) ? known.Hosts : [];
        ImmutableSortedDictionary<string, HostModel> hosts = Hosts
            .RemoveRange(former.Except(names, StringComparer.Ordinal).Where(name => Hosts.GetValueOrDefault(name)?.AgentId == agent))
            .SetItems(registration.Hosts.Select(host => KeyValuePair.Create(
                host.Host, Registered(host, fences.GetValueOrDefault(host.Host) ?? new HostFence(host.Host, 0, "", false), registration, now))));
        AgentModel record = known?.Incarnation == registration.Incarnation
            ? known with { Hosts = names }
            : new AgentModel(registration.Incarnation, names) { Load = known?.Load };
        FleetModel next = this with
        {
            Generation = Generation.Length == 0 ? nonce : Generation,
            Hosts = hosts,
            Agents = Agents.SetItem(agent, record),
            Beats = Beats.SetItem(agent, now + registration.LifeMs),
            Machines = registration.MachineId.Length == 0 ? Machines : Machines.SetItem(registration.MachineId, (agent, registration.BootId)),
            MachineOf = registration.MachineId.Length == 0 ? MachineOf : MachineOf.SetItem(agent, registration.MachineId),
        };
        return (next, new RegisterReply(null, null, next.Generation));
    }

    /// <summary>Removes an agent and its hosts, unless a newer incarnation has taken its place.</summary>
    public FleetModel Deregister(string agent, string incarnation) =>
        Agents.TryGetValue(agent, out AgentModel? known) && known.Incarnation == incarnation ? Without([agent]) : this;

    private FleetModel Without(IReadOnlyList<string> agents) => this with
    {
        Hosts = Hosts.RemoveRange(agents.SelectMany(agent => Agents.TryGetValue(agent, out AgentModel? record)
            ? record.Hosts.Where(name => Hosts.GetValueOrDefault(name)?.AgentId == agent)
            : [])),
        Agents = Agents.RemoveRange(agents),
        Beats = Beats.RemoveRange(agents),
        Machines = Machines.RemoveRange(agents.Select(agent => MachineOf.GetValueOrDefault(agent, ""))
            .Where(machine => Machines.TryGetValue(machine, out (string Agent, string Boot) has) && agents.Contains(has.Agent))),
        MachineOf = MachineOf.RemoveRange(agents),
    };

    private HostModel Registered(HostRegistration host, HostFence fence, AgentRegistration registration, long now)
    {
        HostModel fresh = new(host, HostState.Idle, 0, "", fence.Epoch, registration.AgentId);
        HostModel unconfirmed = fresh.In(HostState.Unconfirmed, fence.Epoch, fence.LeaseId, fence.Epoch);
        if (!Hosts.TryGetValue(host.Host, out HostModel? former))
        {
            return fence.Held ? unconfirmed : fresh;
        }

        bool again = former.AgentId == registration.AgentId
            && Agents.TryGetValue(former.AgentId, out AgentModel? agent) && agent.Incarnation == registration.Incarnation;
        bool held = former.State is not (HostState.Idle or HostState.Reclaiming) && Unlapsed(former.LeaseId, now) is not null;
        long highest = Math.Max(fence.Epoch, former.FenceEpoch);
        HostModel next = again ? former
            : held ? fresh.In(HostState.Lost, former.Epoch, former.LeaseId, highest)
            : fence.Held ? unconfirmed
            : fresh.Idle(highest);
        return next with { Registration = host, Health = former.Health };
    }
}
