using System.Collections.Immutable;
using Eformer.Pool.Store;

namespace Eformer.Pool.Testing.Model;

// bump.lua and reassert.lua
public sealed partial record FleetModel
{
    /// <summary>Gives the data a new generation when another server than the one that wrote it answers.</summary>
    public FleetModel BumpGeneration(string run, string nonce, long now)
    {
        if (Run == run && Generation.Length > 0)
        {
            return this;
        }

        // Data of a server that never said its run is as good as this one's.
        bool another = Generation.Length == 0 || Run.Length > 0;
        return !another ? this with { Run = run } : this with
        {
            Run = run,
            Generation = nonce,
            Bumped = now,
            Beats = Beats.SetItems(Beats.Select(beat => KeyValuePair.Create(beat.Key, now))),
        };
    }

    /// <summary>Puts a lease back that the store has lost and whose hosts hold it still.</summary>
    public (FleetModel Next, ReassertReply Reply) Reassert(ReassertRequest request, string nonce, long now)
    {
        LeaseGrant grant = request.Grant;
        if (Leases.TryGetValue(request.LeaseId, out LeaseModel? lease))
        {
            return lease.Grant.OwnerId == grant.OwnerId && lease.Expiry > now
                ? (this, new ReassertReply(ReassertStatus.Confirmed, ""))
                : (this, new ReassertReply(ReassertStatus.Refused, grant.Hosts[0]));
        }

        if (OtherOwner(grant.Pool, grant.OwnerId, now) is { } other)
        {
            return (this, new ReassertReply(ReassertStatus.PoolInUse, other));
        }

        (string Host, ReassertStatus Status)[] verdicts = [.. grant.Hosts.Select(name => (name, Verdict(name, request, now)))];
        foreach (ReassertStatus obstacle in (ReadOnlySpan<ReassertStatus>)[ReassertStatus.Refused, ReassertStatus.Waiting])
        {
            if (verdicts.Any(verdict => verdict.Status == obstacle))
            {
                // The script names the first that refuses, and the last that has yet to say.
                string host = obstacle == ReassertStatus.Refused
                    ? verdicts.First(verdict => verdict.Status == obstacle).Host
                    : verdicts.Last(verdict => verdict.Status == obstacle).Host;
                return (this, new ReassertReply(obstacle, host));
            }
        }

        return (PutBack(request, nonce, now), new ReassertReply(ReassertStatus.Confirmed, ""));
    }

    private ReassertStatus Verdict(string name, ReassertRequest request, long now)
    {
        if (!Hosts.TryGetValue(name, out HostModel? host))
        {
            return ReassertStatus.Waiting;
        }

        bool alive = IsAlive(host.AgentId, now);
        if (host.State == HostState.Unconfirmed && host.LeaseId == request.LeaseId && host.Epoch == request.Epoch)
        {
            return alive ? ReassertStatus.Confirmed : ReassertStatus.Waiting;
        }

        // Its agent has not been heard since: what the store says of it is as old as the store.
        bool old = host.State != HostState.Unconfirmed && host.FenceEpoch < request.Epoch && host.Epoch < request.Epoch;
        return !alive || old ? ReassertStatus.Waiting : ReassertStatus.Refused;
    }

    private FleetModel PutBack(ReassertRequest request, string nonce, long now)
    {
        LeaseGrant grant = request.Grant;
        ImmutableSortedDictionary<string, HostModel> hosts = Hosts;
        foreach (string name in grant.Hosts)
        {
            hosts = hosts.SetItem(name, hosts[name].In(HostState.Held, request.Epoch, request.LeaseId, request.Epoch));
        }

        return this with
        {
            Generation = Generation.Length == 0 ? nonce : Generation,
            Epoch = Math.Max(Epoch, request.Epoch),
            Hosts = hosts,
            // Agents last saw the counter of the lost lease, which this must not equal: the clock is higher than any count.
            Leases = Leases.SetItem(request.LeaseId, new LeaseModel(request.Epoch, request.Generation, grant, now + grant.TtlMs, now)),
            Pools = Pools.SetItem(grant.Pool, Owned(grant.Pool, grant.OwnerId, grant.Owner, now, grant.TtlMs)),
        };
    }
}
