using Eformer.Pool.Store;
using Eformer.Pool.Testing.Model;
using Eformer.Pool.Topology;

namespace Eformer.Pool.RedisStore.Tests.Conformance;

/// <summary>Calls of agents and drivers, half of which do not know what they do: the same seed, the same calls.</summary>
internal sealed class RandomCalls(int seed, MemoryStore model, CancellationToken token)
{
    private const int Hosts = 4;
    private const int Leases = 5;
    private readonly Random _random = new(seed);

    /// <summary>The next call, by name.</summary>
    public (string Name, Func<IPoolStore, Task<object?>> Call) Next() => _random.Next(20) switch
    {
        < 3 => Register(),
        < 7 => Heartbeat(),
        < 11 => Acquire(),
        < 13 => Renew(),
        < 14 => Release(),
        14 => Sometimes(2) ? ("reap", async store => await store.ReapAsync(token)) : ReadHosts(),
        15 => Deregister(),
        16 => Reassert(),
        17 => _random.Next(2) == 0 ? Keep() : Adopt(),
        18 => _random.Next(3) == 0 ? Suspend() : Resume(),
        _ => Demand(),
    };

    private static Func<IPoolStore, Task<object?>> Do(Func<IPoolStore, Task> call) => async store =>
    {
        await call(store);
        return null;
    };

    private string One(string prefix, int count) => prefix + _random.Next(count).Text();

    private bool Sometimes(int of) => _random.Next(of) == 0;

    // What lives for a millisecond has lapsed when the next call comes.
    private int Life() => Sometimes(6) ? 1 : Answers.LifeUnitMs * _random.Next(2, 5);

    private string[] Some(string prefix, int count, int least)
    {
        string[] all = [.. Enumerable.Range(0, count).Select(index => prefix + index.Text())];
        _random.Shuffle(all);
        return all[..Math.Min(count, least + _random.Next(2))];
    }

    private HostFence Fence(string host)
    {
        if (Sometimes(2) && model.State.Hosts.TryGetValue(host, out HostModel? known))
        {
            return new HostFence(host, Math.Max(known.Epoch, known.FenceEpoch), known.LeaseId, known.LeaseId.Length > 0 && Sometimes(2));
        }

        bool none = Sometimes(3);
        return new HostFence(host, none ? 0 : _random.Next(6), none ? "" : One("lease", Leases), !none && Sometimes(2));
    }

    private LeaseGrant Grant(string owner) => new()
    {
        Pool = One("pool", 2), OwnerId = owner, Owner = owner + "|at home", Slot = _random.Next(3), SliceName = "slice", Hosts = Some("host", Hosts, 1), TtlMs = Life(),
    };

    private (string, Func<IPoolStore, Task<object?>>) Register()
    {
        int agent = _random.Next(2);
        string[] hosts = Sometimes(5) ? Some("host", Hosts, 1) : agent == 0 ? ["host0", "host1"] : ["host2", "host3"];
        AgentRegistration registration = new(
            "agent" + agent.Text(), One("life", 2), [.. hosts.Select(host => new HostRegistration { Host = host, Node = "n" })], Life())
        {
            Fences = Sometimes(2) ? [] : [.. hosts.Select(Fence)],
            MachineId = Sometimes(2) ? "" : One("machine", 2),
            BootId = One("boot", 2),
        };
        return ($"register {Answers.Of(registration)}", async store => await store.RegisterAsync(registration, token));
    }

    private (string, Func<IPoolStore, Task<object?>>) Heartbeat()
    {
        int agent = _random.Next(2);
        string[] hosts = Sometimes(8) ? ["host3"] : agent == 0 ? ["host0", "host1"] : ["host2", "host3"];
        HostFence same = Fence("");
        AgentHeartbeat heartbeat = new(
            "agent" + agent.Text(), One("life", 2), Life(), [.. hosts.Select(host => Sometimes(2) ? same with { Host = host } : Fence(host))])
        {
            Load = Sometimes(2) ? new AgentLoad(0.5, 2, 100) : null,
            Health = new Dictionary<string, HostHealth>(Sometimes(2) ? [] : [KeyValuePair.Create(hosts[0], new HostHealth(HostCondition.Preempting, One("why|", 2), 5))]),
        };
        return ($"heartbeat {Answers.Of(heartbeat)}", async store => await store.HeartbeatAsync(heartbeat, token));
    }

    private (string, Func<IPoolStore, Task<object?>>) Acquire()
    {
        AcquireRequest request = new(One("lease", Leases), Grant(One("owner", 2)));
        return ($"acquire {Answers.Of(request)}", async store => await store.AcquireAsync(request, token));
    }

    private (string, Func<IPoolStore, Task<object?>>) Renew()
    {
        RenewRequest request = new(One("pool", 2), One("owner", 2), "somebody", Life(), Some("lease", Leases, 2))
        {
            Attended = !Sometimes(3),
            Keep = Sometimes(2) ? new byte[] { 1, 2, 0, 255 } : Array.Empty<byte>(),
        };
        return ($"renew {Answers.Of(request)}", async store => await store.RenewAsync(request, token));
    }

    private (string, Func<IPoolStore, Task<object?>>) Release()
    {
        ReleaseRequest request = new(One("pool", 2), One("owner", 2), Some("lease", Leases, 2), Sometimes(2));
        return ($"release {Answers.Of(request)}", Do(store => store.ReleaseAsync(request, token)));
    }

    private (string, Func<IPoolStore, Task<object?>>) Deregister()
    {
        (string agent, string life) = (One("agent", 2), One("life", 2));
        return ($"deregister {agent} {life}", Do(store => store.DeregisterAsync(agent, life, token)));
    }

    private (string, Func<IPoolStore, Task<object?>>) Reassert()
    {
        string? known = model.State.Hosts.Where(host => host.Value.State == HostState.Unconfirmed).Select(host => host.Key).FirstOrDefault();
        LeaseGrant grant = Grant(One("owner", 2));
        ReassertRequest request = known is null || Sometimes(3)
            ? new(One("lease", Leases), _random.Next(1, 6), "former", grant)
            : new(model.State.Hosts[known].LeaseId, Math.Max(1, model.State.Hosts[known].Epoch), "former", grant with { Hosts = [known] });
        return ($"reassert {Answers.Of(request)}", async store => await store.ReassertAsync(request, token));
    }

    private (string, Func<IPoolStore, Task<object?>>) Keep()
    {
        KeepRequest request = new(One("pool", 2), One("owner", 2), One("lease", Leases), _random.Next(2), Life());
        return ($"keep {Answers.Of(request)}", async store => await store.KeepAsync(request, token));
    }

    private (string, Func<IPoolStore, Task<object?>>) Adopt()
    {
        string owner = One("owner", 3);
        AdoptRequest request = new(One("pool", 2), One("owner", 2), owner, "heir", Life(), Some("lease", Leases, 2).ToDictionary(lease => lease, _ => Grant(owner)));
        return ($"adopt {Answers.Of(request)}", async store => await store.AdoptAsync(request, token));
    }

    private (string, Func<IPoolStore, Task<object?>>) Suspend()
    {
        SuspendRequest request = new(Some("host", Hosts, 1), "ann|x", "a|b", Sometimes(3) ? null : Life());
        return ($"suspend {Answers.Of(request)}", Do(store => store.SuspendAsync(request, token)));
    }

    private (string, Func<IPoolStore, Task<object?>>) Resume()
    {
        string[] hosts = Some("host", Hosts, 2);
        return ($"resume {string.Join(' ', hosts)}", async store => await store.ResumeAsync(hosts, token));
    }

    private (string, Func<IPoolStore, Task<object?>>) ReadHosts()
    {
        string[] hosts = Some("host", Hosts + 1, 2);
        return ($"read {string.Join(' ', hosts)}", async store => await store.ReadHostsAsync(hosts, token));
    }

    private (string, Func<IPoolStore, Task<object?>>) Demand()
    {
        (string pool, string owner) = (One("pool", 2), One("owner", 2));
        DemandRecord demand = new() { Pool = pool, OwnerId = owner, Owner = owner, Sizes = [2, 4], Held = 1, HostsPerSlice = 2 };
        return Sometimes(3)
            ? ($"withdraw {pool} {owner}", Do(store => store.WithdrawDemandAsync(pool, owner, token)))
            : ($"demand {pool} {owner}", Do(store => store.PublishDemandAsync(demand, token)));
    }
}
