using System.Collections.Immutable;
using System.Globalization;
using Eformer.Pool.Store;
using Eformer.Pool.Testing.Model;

namespace Eformer.Pool.Tests.Leases.Worlds;

/// <summary>Hosts, drivers and a store at one moment; immutable. What can happen next is in <see cref="WorldSteps"/>.</summary>
/// <remarks>The store's clock is the world's; a host or driver reads its own, which may run at another rate.</remarks>
internal sealed record World(Mutant Mutant, ImmutableArray<HostNode> Hosts, ImmutableArray<DriverNode> Drivers)
{
    public FleetModel Store { get; init; } = FleetModel.Empty;

    /// <summary>Which run of the server answers.</summary>
    public int Run { get; init; } = 1;

    /// <summary>The data as they will be when a later part is lost.</summary>
    public FleetModel? Saved { get; init; }

    /// <summary>Whether the store ever lost data.</summary>
    public bool Lost { get; init; }

    public long Now { get; init; }

    /// <summary>How much may still go wrong.</summary>
    public int Faults { get; init; }

    /// <summary>How fast each clock runs, hosts first; none for all alike.</summary>
    public ImmutableArray<double> Rates { get; init; } = [];

    public string RunId => string.Create(CultureInfo.InvariantCulture, $"run-{Run}");

    /// <summary>A world whose hosts are registered and idle. Drivers all want the same slices, in turn.</summary>
    public static World Of(int hosts, int drivers, int hostsPerSlice, Mutant mutant = Mutant.None)
    {
        HostNode[] nodes = [.. Enumerable.Range(0, hosts).Select(index => new HostNode(index, mutant))];
        string[][] slices = [.. nodes.Select(node => node.Key).Chunk(hostsPerSlice)];
        World world = new(mutant, [.. nodes], [.. Enumerable.Range(0, drivers).Select(index =>
            new DriverNode(index, mutant, slices[index % slices.Length]))]);
        world = world with { Store = world.Store.BumpGeneration(world.RunId, "gen-1", 0) };
        return Enumerable.Range(0, hosts).Aggregate(world, static (current, index) => current.Register(index));
    }

    /// <summary>The same after the first driver took its slice and its hosts accepted and said so.</summary>
    public World Held()
    {
        int[] heard = [.. Enumerable.Range(0, Hosts.Length), .. Enumerable.Range(0, Hosts.Length)];
        return heard.Aggregate(Acquire(0), static (world, index) =>
        {
            (World asked, Late<HeartbeatReply> answer) = world.Ask(index);
            return asked.Hear(index, answer);
        });
    }

    public World With(HostNode host) => this with { Hosts = Hosts.SetItem(host.Index, host) };

    public World With(DriverNode driver) => this with { Drivers = Drivers.SetItem(driver.Index, driver) };

    /// <summary>What a host's clock says.</summary>
    public long NowOf(HostNode host) => Local(host.Index);

    /// <summary>What a driver's clock says.</summary>
    public long NowOf(DriverNode driver) => Local(Hosts.Length + driver.Index);

    /// <summary>The store bumps its generation when it is another run's, as whoever connects to it makes it do.</summary>
    public World Bump() => this with { Store = Store.BumpGeneration(RunId, "gen-" + RunId, Now) };

    public World Register(int index)
    {
        HostNode host = Hosts[index];
        (FleetModel store, RegisterReply reply) = Store.Register(host.Registration, "gen-" + RunId, Now);
        bool registered = reply.ConflictingHost is null;
        return (this with { Store = store }).With(host with { Registered = registered, StoreLost = host.StoreLost && !registered });
    }

    /// <summary>A heartbeat reaches the store.</summary>
    public (World Next, HeartbeatReply Reply) Beat(AgentHeartbeat heartbeat)
    {
        (FleetModel store, HeartbeatReply reply) = Store.Heartbeat(heartbeat, Now);
        bool believes = Mutant == Mutant.BelievesLateHeartbeats && reply.Status == HeartbeatStatus.Alive && !heartbeat.Fences[0].Held;
        return (this with { Store = believes ? Freed(store, heartbeat.Fences[0].Host) : store }, reply);
    }

    /// <summary>A host asks and is answered; what is answered may be held back. It gives up on what it asked before.</summary>
    public (World Next, Late<HeartbeatReply> Answer) Ask(int index)
    {
        HostNode host = Hosts[index] with { Answer = null };
        (World next, HeartbeatReply reply) = Beat(host.Heartbeat);
        host = host with { StoreLost = host.StoreLost && reply.Status != HeartbeatStatus.Alive };
        return (next.With(host), new Late<HeartbeatReply>(reply, NowOf(host)));
    }

    public World Hear(int index, Late<HeartbeatReply> answer, bool diskFails = false) =>
        With(Hosts[index].Hear(answer.Reply, answer.AskedAt, NowOf(Hosts[index]), diskFails));

    public World Acquire(int index)
    {
        DriverNode driver = Drivers[index];
        (FleetModel store, AcquireReply reply) = Store.Acquire(driver.AcquireNext, "gen-" + RunId, Now);
        return (this with { Store = store }).With(driver.Acquired(reply, NowOf(driver)));
    }

    public (World Next, RenewReply Reply) Renew(RenewRequest request)
    {
        (FleetModel store, RenewReply reply) = Store.Renew(request, "gen-" + RunId, Now);
        return (this with { Store = store }, reply);
    }

    public (World Next, ReassertReply Reply) Reassert(ReassertRequest request)
    {
        (FleetModel store, ReassertReply reply) = Store.Reassert(request, "gen-" + RunId, Now);
        return (this with { Store = store }, reply);
    }

    public World Release(string owner, string leaseId)
    {
        FleetModel store = Store.Release(new ReleaseRequest(owner, owner, [leaseId], ForgetPool: false));
        return this with { Store = Mutant == Mutant.ReleaseMakesIdle ? Freed(store) : store };
    }

    /// <summary>The store loses everything, or what came after it was saved, and is another run's from now on.</summary>
    public World Lose(FleetModel left) => this with
    {
        Store = left,
        Run = Run + 1,
        Saved = null,
        Lost = true,
        Hosts = [.. Hosts.Select(static host => host with { StoreLost = true })],
        Drivers = [.. Drivers.Select(static driver => driver with { StoreLost = true })],
    };

    /// <summary>Time passes, and everybody who can looks at the deadlines.</summary>
    public World Tick(long step)
    {
        World later = this with { Now = Now + step };
        later = later with
        {
            Hosts = [.. later.Hosts.Select(host => host.Tick(later.NowOf(host)))],
            Drivers = [.. later.Drivers.Select(driver => driver.Tick(later.NowOf(driver)))],
        };
        return Mutant == Mutant.LeasesNeverLapse ? later with { Store = Unlapsing(later.Store, step) } : later;
    }

    private long Local(int index) => Rates.IsEmpty ? Now : (long)(Now * Rates[index]);

    private static FleetModel Freed(FleetModel store, string? only = null) => store with
    {
        Hosts = store.Hosts.SetItems(store.Hosts.Where(host => host.Value.State == HostState.Reclaiming && host.Key == (only ?? host.Key))
            .Select(host => KeyValuePair.Create(host.Key, host.Value.Idle(host.Value.FenceEpoch)))),
    };

    private static FleetModel Unlapsing(FleetModel store, long step) => store with
    {
        Leases = store.Leases.SetItems(store.Leases.Select(lease =>
            KeyValuePair.Create(lease.Key, lease.Value with { Expiry = lease.Value.Expiry + step }))),
    };
}
