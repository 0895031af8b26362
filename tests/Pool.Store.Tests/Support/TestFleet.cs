using Eformer.Pool.Store;
using Eformer.Pool.Topology;
using StackExchange.Redis;

namespace Eformer.Pool.RedisStore.Tests.Support;

/// <summary>A fleet of one test, with short forms of what tests do all the time.</summary>
public sealed class TestFleet : IAsyncDisposable
{
    public const string Owner = "owner1";
    public const string Pool = "night";

    private readonly ConnectionMultiplexer _raw;

    private TestFleet(TestServer server, IPoolStore store, ConnectionMultiplexer raw, CancellationToken cancellationToken)
    {
        Server = server;
        Store = store;
        _raw = raw;
        Token = cancellationToken;
    }

    public TestServer Server { get; }

    public IPoolStore Store { get; }

    public CancellationToken Token { get; }

    /// <summary>The server behind the store's back.</summary>
    public IDatabase Raw => _raw.GetDatabase();

    public static async Task<TestFleet> OpenAsync(TestServer server, CancellationToken cancellationToken)
    {
        string fleet = "t" + Guid.NewGuid().ToString("N");
        IPoolStore store = await StoreLoader.OpenAsync(server.Options(fleet), cancellationToken);
        ConnectionMultiplexer raw = await ConnectionMultiplexer.ConnectAsync(
            $"{server.Address.Endpoint},password={server.Address.Password},allowAdmin=true");
        return new TestFleet(server, store, raw, cancellationToken);
    }

    /// <summary>A second store on the same fleet, as another process would have.</summary>
    public Task<IPoolStore> OpenAnotherAsync() => StoreLoader.OpenAsync(Server.Options(Store.Fleet), Token);

    /// <summary>A key of the control plane.</summary>
    public RedisKey Key(string name) => $"{{ef:{Store.Fleet}}}:{name}";

    /// <summary>All keys of the fleet, its runs included. A server may name one twice that was written meanwhile.</summary>
    public string[] Keys() =>
        [.. _raw.GetServers().SelectMany(server => server.Keys(pattern: $"{{ef:{Store.Fleet}*")).Select(key => key.ToString()).Distinct().Order(StringComparer.Ordinal)];

    public Task<RegisterReply> RegisterAsync(string agent, string incarnation, string[] hosts, int lifeMs = 60_000) =>
        Store.RegisterAsync(
            new AgentRegistration(agent, incarnation, [.. hosts.Select(host => new HostRegistration { Host = host, Node = "n-" + host })], lifeMs),
            Token);

    public Task<HeartbeatReply> BeatAsync(string agent, string incarnation, params HostFence[] fences) =>
        Store.HeartbeatAsync(new AgentHeartbeat(agent, incarnation, 60_000, fences), Token);

    public Task<AcquireReply> AcquireAsync(string lease, params string[] hosts) => AcquireAsync(lease, Owner, Pool, 60_000, hosts);

    public Task<AcquireReply> AcquireAsync(string lease, string owner, string pool, int ttlMs, params string[] hosts) =>
        Store.AcquireAsync(new AcquireRequest(lease, Grant(owner, pool, ttlMs, hosts)), Token);

    public static LeaseGrant Grant(string owner, string pool, int ttlMs, params string[] hosts) => new()
    {
        Pool = pool,
        OwnerId = owner,
        Owner = $"{owner}@here",
        Slot = 0,
        SliceName = "s0",
        Hosts = hosts,
        TtlMs = ttlMs,
    };

    public Task<RenewReply> RenewAsync(int ttlMs, params string[] leases) =>
        Store.RenewAsync(new RenewRequest(Pool, Owner, "ann", ttlMs, leases), Token);

    public Task ReleaseAsync(params string[] leases) => Store.ReleaseAsync(new ReleaseRequest(Pool, Owner, leases, false), Token);

    public Task<ReassertReply> ReassertAsync(string lease, long epoch, params string[] hosts) =>
        Store.ReassertAsync(new ReassertRequest(lease, epoch, "g0", Grant(Owner, Pool, 60_000, hosts)), Token);

    public Task<bool> KeepAsync(string lease, long seen) => Store.KeepAsync(new KeepRequest(Pool, Owner, lease, seen, 60_000), Token);

    public Task<AdoptStatus> AdoptAsync(string newOwner, string lease, params string[] hosts) =>
        Store.AdoptAsync(
            new AdoptRequest(
                Pool, Owner, newOwner, newOwner + "@there", 60_000,
                new Dictionary<string, LeaseGrant> { [lease] = Grant(newOwner, Pool, 60_000, hosts) }),
            Token);

    public Task SuspendAsync(long? withinMs, params string[] hosts) => Store.SuspendAsync(new SuspendRequest(hosts, "ann", "a new fan", withinMs), Token);

    public Task DemandAsync(params int[] sizes) => Store.PublishDemandAsync(
        new DemandRecord { Pool = Pool, OwnerId = Owner, Owner = "ann", Sizes = sizes, Held = 0, HostsPerSlice = 2 }, Token);

    public Task NoteAsync(string reason) => Store.NoteAsync([new PoolEvent { Kind = PoolEventKind.SliceLost, Pool = Pool, Reason = reason }], Token);

    public async Task<PoolRecord> PoolAsync() => (await Store.ReadFleetAsync(Token)).Pools.Single(pool => pool.Name == Pool);

    /// <summary>A host as the fleet has it now.</summary>
    public async Task<HostRecord> HostAsync(string host) =>
        (await Store.ReadFleetAsync(Token)).Hosts.Single(record => record.Registration.Host == host);

    public async Task<HostState> StateAsync(string host) => (await HostAsync(host)).State;

    /// <summary>Registers one agent with hosts, leases them and has them accepted.</summary>
    public async Task<long> HoldAsync(string agent, string incarnation, string lease, string[] hosts, int ttlMs = 60_000)
    {
        await RegisterAsync(agent, incarnation, hosts);
        AcquireReply reply = await AcquireAsync(lease, Owner, Pool, ttlMs, hosts);
        await BeatAsync(agent, incarnation, [.. hosts.Select(host => new HostFence(host, reply.Epoch, lease, true))]);
        return reply.Epoch;
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        await _raw.DisposeAsync();
    }
}
