using System.Text.Json;
using Eformer.Pool.Envelopes;
using Eformer.Pool.Faults.Tests.Driver;
using Eformer.Pool.Store;
using Eformer.Pool.Topology;
using StackExchange.Redis;
using Xunit;

namespace Eformer.Pool.Faults.Tests.Support;

/// <summary>A fleet of one test: keys, a folder, agents, and a look at the store. Whatever happens, nothing of it is left at the end.</summary>
internal sealed class Fleet : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("eft-").FullName;
    private readonly List<AgentProcess> _agents = [];
    private readonly List<DriverProcess> _drivers = [];
    private readonly List<SlicePoolManager> _pools = [];
    private readonly List<StandInAgent> _standIns = [];
    private readonly ConnectionMultiplexer _raw;

    private Fleet(TestServer server, string name, IPoolStore store, ConnectionMultiplexer raw)
    {
        Server = server;
        Name = name;
        Store = store;
        _raw = raw;
        Evidence = new Evidence(Directory.CreateDirectory(PathOf("evidence")).FullName, () => Log);
        AgentEnvironment = new() { ["TMPDIR"] = Directory.CreateDirectory(TemporaryFolder).FullName };
        Keys = FleetKeys.Create(name);
        Keys.Save(KeyFile);
        File.WriteAllText(PathOf("password"), server.Address.Password);
    }

    public TestServer Server { get; }

    public string Name { get; }

    public FleetKeys Keys { get; }

    public string KeyFile => PathOf("keys.json");

    /// <summary>Where agents and runners put what is temporary.</summary>
    public string TemporaryFolder => PathOf("tmp");

    /// <summary>What agents started from now on find in their environment.</summary>
    public Dictionary<string, string> AgentEnvironment { get; }

    /// <summary>What user code leaves behind to show that it ran.</summary>
    public Evidence Evidence { get; }

    /// <summary>A client of the test's own.</summary>
    public IPoolStore Store { get; }

    /// <summary>The server behind the store's back.</summary>
    public IDatabase Raw => _raw.GetDatabase();

    /// <summary>What agents have logged and drivers have printed so far, for one who waits in vain.</summary>
    public string Log => $"""
        the agents logged:
        {string.Join("\n\n", _agents.Select(agent => agent.Log))}
        the drivers printed:
        {string.Join("\n\n", _drivers.Select(driver => driver.Log))}
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<Fleet> CreateAsync(TestServer server)
    {
        string name = "t" + Guid.NewGuid().ToString("N");
        IPoolStore store = await StoreLoader.OpenAsync(server.Options(name), CancellationToken.None);
        ConnectionMultiplexer raw = await ConnectionMultiplexer.ConnectAsync(
            $"{server.Address.Endpoint},password={server.Address.Password},allowAdmin=true,abortConnect=false");
        return new Fleet(server, name, store, raw);
    }

    public string PathOf(string name) => Path.Combine(_folder, name);

    /// <summary>A key of the control plane.</summary>
    public RedisKey Key(string name) => $"{{ef:{Name}}}:{name}";

    /// <summary>All keys of the fleet, its runs included.</summary>
    public string[] KeysInStore() => [.. _raw.GetServers().SelectMany(server => server.Keys(pattern: $"{{ef:{Name}*")).Select(key => key.ToString()).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The fleet's doorbells that somebody listens to.</summary>
    public IEnumerable<string> Channels() => _raw.GetServers()[0].SubscriptionChannels(RedisChannel.Pattern($"{{ef:{Name}}}*")).Select(channel => channel.ToString()).Order(StringComparer.Ordinal);

    /// <summary>Starts an agent and waits until its hosts are registered.</summary>
    public async Task<AgentProcess> StartAgentAsync(string emulate = "1x2", string state = "agent", string? keyFile = null, params string[] more)
    {
        AgentProcess agent = LaunchAgent(emulate, state, keyFile, more);
        await agent.WaitReadyAsync(Token);
        return agent;
    }

    /// <summary>Starts an agent.</summary>
    public AgentProcess LaunchAgent(string emulate = "1x2", string state = "agent", string? keyFile = null, params string[] more)
    {
        AgentProcess agent = AgentProcess.Start(Name, AgentEnvironment, [.. Arguments(state, keyFile ?? KeyFile), "--emulate", emulate, .. more]);
        _agents.Add(agent);
        return agent;
    }

    /// <summary>Options of a pool in this fleet.</summary>
    public SlicePoolOptions Options(string name = "pool", int hostsPerSlice = 2, int leaseSec = 30) => new()
    {
        Name = name,
        HostsPerSlice = hostsPerSlice,
        LeaseTtl = TimeSpan.FromSeconds(leaseSec),
        Store = Server.Options(Name),
        KeyFile = KeyFile,
    };

    /// <summary>Makes a pool that holds slices, and is removed at the end of the test if not before.</summary>
    public async Task<SlicePoolManager> OpenPoolAsync(string name = "pool", int slices = 1, int hostsPerSlice = 2, int leaseSec = 30)
    {
        SlicePoolManager pool = await SlicePoolManager.OpenAsync(Options(name, hostsPerSlice, leaseSec), Token);
        _pools.Add(pool);
        await pool.ScaleMultisliceAsync(slices, Token);
        return pool;
    }

    /// <summary>Starts an agent that is this machine, and waits until it is registered.</summary>
    public async Task<AgentProcess> StartPlainAgentAsync(string state, params string[] more)
    {
        AgentProcess agent = LaunchPlainAgent(state, more);
        await agent.WaitReadyAsync(Token);
        return agent;
    }

    /// <summary>Starts an agent that is this machine.</summary>
    public AgentProcess LaunchPlainAgent(string state, params string[] more)
    {
        AgentProcess agent = AgentProcess.Start(Name, AgentEnvironment, [.. Arguments(state, KeyFile), .. more]);
        _agents.Add(agent);
        return agent;
    }

    /// <summary>Starts a driver that makes a pool of one slice and runs a script on it.</summary>
    public DriverProcess StartDriver(string pool, int hostsPerSlice, int leaseSec, string script, int keepSec = 0, string? runId = null)
    {
        StoreFile address = Server.Address;
        string file = PathOf("driver.json");
        File.WriteAllText(file, JsonSerializer.Serialize(new DriverOrder(
            address.Endpoint, address.Password, Name, KeyFile, pool, 1, hostsPerSlice, leaseSec, script, keepSec, runId)));
        DriverProcess driver = DriverProcess.Start(file);
        _drivers.Add(driver);
        return driver;
    }

    /// <summary>Starts an agent that has no runners: its hosts accept leases and give them back, nothing more.</summary>
    public async Task<StandInAgent> StandInAsync(params IEnumerable<HostRegistration>[] hosts)
    {
        StandInAgent agent = await StandInAgent.StartAsync(Server.Options(Name), [.. hosts.SelectMany(some => some)], Token);
        _standIns.Add(agent);
        return agent;
    }

    /// <summary>Hosts that belong to no slice: <c>h0</c>, <c>h1</c> and so on.</summary>
    public static IEnumerable<HostRegistration> LooseHosts(int count, int first = 0) =>
        Enumerable.Range(first, count).Select(i => new HostRegistration { Host = $"h{i}", Node = $"n{i}" });

    /// <summary>Opens a pool that is removed at the end of the test if not before.</summary>
    public async Task<SlicePoolManager> OpenEmptyPoolAsync(SlicePoolOptions options)
    {
        SlicePoolManager pool = await SlicePoolManager.OpenAsync(options, Token);
        _pools.Add(pool);
        return pool;
    }

    /// <summary>The processes that user code has started and that are alive still.</summary>
    public IReadOnlyList<int> UserProcesses() =>
        [.. Processes.Of(Name).Where(pid => !Processes.CommandLine(pid).Contains("eformer-host", StringComparison.Ordinal))];

    /// <summary>The hosts as the store has them.</summary>
    public async Task<IReadOnlyList<HostRecord>> HostsAsync() => (await Store.ReadFleetAsync(Token)).Hosts;

    /// <summary>Waits until hosts are there, all of them free.</summary>
    public async Task AwaitIdleAsync()
    {
        IReadOnlyList<HostRecord> hosts = [];
        await Eventually.TrueAsync(
            async () =>
            {
                await Retry.OnceAsync(async () => hosts = await HostsAsync());
                return hosts.Count > 0 && hosts.All(host => host is { Alive: true, State: HostState.Idle });
            },
            () => $"all hosts are idle; they are: {string.Join(", ", hosts)}; {Log}",
            Token);
    }

    /// <summary>Waits until no process of the fleet but some is alive.</summary>
    public Task AwaitProcessesAsync(params int[] expected) => Eventually.TrueAsync(
        () => Task.FromResult(!Processes.Of(Name).Except(expected).Any()), "no other process of the fleet is alive", Token);

    /// <summary>Waits until nothing is alive that user code has started.</summary>
    public Task AwaitUserCodeGoneAsync() => Eventually.TrueAsync(
        () => Task.FromResult(UserProcesses().Count == 0), () => $"what user code started is gone; {Log}", Token);

    public async ValueTask DisposeAsync()
    {
        foreach (DriverProcess driver in _drivers)
        {
            await driver.DisposeAsync();
        }

        foreach (SlicePoolManager pool in _pools)
        {
            await RemoveAsync(pool);
        }

        foreach (StandInAgent agent in _standIns)
        {
            await agent.DisposeAsync();
        }

        foreach (AgentProcess agent in _agents)
        {
            await agent.DisposeAsync();
        }

        foreach (int pid in Processes.Of(Name))
        {
            await Signals.SendAsync(pid, "KILL", CancellationToken.None);
        }

        await Eventually.TrueAsync(() => Task.FromResult(Processes.Of(Name).Count == 0), "no process is left", CancellationToken.None);
        await Store.DisposeAsync();
        await _raw.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private string[] Arguments(string state, string keyFile) =>
    [
        "--store", Server.Address.Endpoint, "--store-password-file", PathOf("password"), "--fleet", Name, "--keys", keyFile, "--state", PathOf(state),
    ];

    private static async Task RemoveAsync(SlicePoolManager pool)
    {
        try
        {
            await pool.DisposeAsync();
        }
        catch (SlicePoolException exception) when (exception.ErrorId is "StoreUnreachable" or "HostsNotIdle")
        {
            // The test took the store or the agents away, or failed and has said why: that must not be hidden by this.
        }
    }
}
