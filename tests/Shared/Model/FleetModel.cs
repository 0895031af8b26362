using System.Collections.Immutable;
using Eformer.Pool.Store;

namespace Eformer.Pool.Testing.Model;

/// <summary>A fleet's control plane as the store keeps it: immutable, with every operation as a pure function of it.</summary>
/// <remarks>
/// It answers as the scripts do, which the conformance tests compare. Times are milliseconds of the server's clock. One file an
/// operation's family, as there is one script an operation.
/// </remarks>
public sealed partial record FleetModel
{
    // As FleetReader has it.
    private const long RecoveryMs = 15_000;

    /// <summary>An empty store.</summary>
    public static FleetModel Empty { get; } = new();

    /// <summary>The store's generation; empty before anything was written.</summary>
    public string Generation { get; init; } = "";

    /// <summary>The run of the server that wrote the data.</summary>
    public string Run { get; init; } = "";

    /// <summary>When the data got another generation because another run answered; 0 for never.</summary>
    public long Bumped { get; init; }

    /// <summary>The last epoch that was granted.</summary>
    public long Epoch { get; init; }

    public ImmutableSortedDictionary<string, HostModel> Hosts { get; init; } = Named<HostModel>();

    public ImmutableSortedDictionary<string, AgentModel> Agents { get; init; } = Named<AgentModel>();

    /// <summary>Until when each agent counts as alive.</summary>
    public ImmutableSortedDictionary<string, long> Beats { get; init; } = Named<long>();

    public ImmutableSortedDictionary<string, LeaseModel> Leases { get; init; } = Named<LeaseModel>();

    public ImmutableSortedDictionary<string, PoolModel> Pools { get; init; } = Named<PoolModel>();

    public ImmutableSortedDictionary<string, SuspensionModel> Suspended { get; init; } = Named<SuspensionModel>();

    /// <summary>What pools ask for.</summary>
    public ImmutableSortedDictionary<string, DemandRecord> Demands { get; init; } = Named<DemandRecord>();

    /// <summary>Agent and boot of each machine.</summary>
    public ImmutableSortedDictionary<string, (string Agent, string Boot)> Machines { get; init; } = Named<(string, string)>();

    /// <summary>The machine that each agent named last.</summary>
    public ImmutableSortedDictionary<string, string> MachineOf { get; init; } = Named<string>();

    /// <summary>Everything at one moment.</summary>
    public FleetSnapshot Read(long now) => new(
        Generation,
        [.. Hosts.Select(host => Record(host.Key, host.Value, now))],
        [.. Leases.Select(lease => lease.Value.ToRecord(lease.Key, now))],
        [.. Pools.Select(pool => pool.Value.ToRecord(pool.Key, now))])
    {
        Demands = [.. Demands.Values.Where(demand => Owns(demand, now)).OrderBy(demand => demand.SinceMs).ThenBy(demand => demand.Pool, StringComparer.Ordinal)],
        RecoveringMs = Bumped == 0 ? 0 : Math.Max(0, Bumped + RecoveryMs - now),
    };

    /// <summary>How some hosts stand.</summary>
    public IReadOnlyList<HostStatus> Read(IReadOnlyList<string> hosts, long now) =>
        [.. hosts.Where(Hosts.ContainsKey).Select(name => new HostStatus(name, Hosts[name].State, Hosts[name].LeaseId, IsAlive(Hosts[name].AgentId, now)))];

    /// <summary>Whether an agent has been heard lately.</summary>
    public bool IsAlive(string agent, long now) => Beats.TryGetValue(agent, out long expiry) && expiry > now;

    /// <summary>A lease that has not lapsed; else null.</summary>
    public LeaseModel? Unlapsed(string leaseId, long now) =>
        Leases.TryGetValue(leaseId, out LeaseModel? lease) && lease.Expiry > now ? lease : null;

    private static ImmutableSortedDictionary<string, T> Named<T>() => ImmutableSortedDictionary.Create<string, T>(StringComparer.Ordinal);

    private HostRecord Record(string name, HostModel host, long now) => new(
        host.Registration,
        host.AgentId,
        Agents.TryGetValue(host.AgentId, out AgentModel? agent) ? agent.Incarnation : "",
        IsAlive(host.AgentId, now),
        host.State,
        host.LeaseId,
        host.Epoch,
        host.FenceEpoch)
    {
        Health = host.Health,
        Load = agent?.Load,
        Suspension = Suspended.TryGetValue(name, out SuspensionModel? suspension) ? suspension.ToRecord(now) : null,
    };

    private string? OtherOwner(string pool, string owner, long now) =>
        Pools.TryGetValue(pool, out PoolModel? record) && record.OwnerId != owner && record.Expiry > now ? record.Owner : null;

    // The pool of an owner who is there; made where there is none.
    private PoolModel Owned(string pool, string owner, string text, long now, long ttl)
    {
        PoolModel? former = Pools.GetValueOrDefault(pool);
        long created = former?.OwnerId == owner ? former.Created : now;
        return new PoolModel(owner, text, created, now + ttl, now + ttl) { Keep = former?.Keep ?? ReadOnlyMemory<byte>.Empty };
    }

    // Ends leases: their hosts become reclaiming where they are still theirs.
    private FleetModel Reclaim(IReadOnlyList<string> leaseIds)
    {
        ImmutableSortedDictionary<string, HostModel> hosts = Hosts;
        foreach (string id in leaseIds)
        {
            foreach (string name in Leases[id].Grant.Hosts)
            {
                bool theirs = hosts.TryGetValue(name, out HostModel? host) && host.LeaseId == id
                    && host.State is not (HostState.Idle or HostState.Reclaiming);
                hosts = theirs ? hosts.SetItem(name, host! with { State = HostState.Reclaiming }) : hosts;
            }
        }

        return this with { Hosts = hosts, Leases = Leases.RemoveRange(leaseIds) };
    }
}
