using System.Diagnostics;
using System.Globalization;
using Eformer.Pool.Bench.Measuring;
using Eformer.Pool.Envelopes;
using Eformer.Pool.Store;

namespace Eformer.Pool.Bench.Driving;

/// <summary>A store of its own with many physical slices whose hosts only take leases, and a pool that may hold them all.</summary>
internal sealed class LargeFleet : IAsyncDisposable
{
    /// <summary>The fleet's name.</summary>
    public const string Name = "bench";

    /// <summary>What the slices are.</summary>
    public const string DeviceType = "v5e-256";

    /// <summary>Hosts in each slice: what <see cref="DeviceType"/> has.</summary>
    public const int HostsPerSlice = 64;

    private readonly IStoreServer _server;
    private readonly Process _agents;
    private readonly DirectoryInfo _folder;

    private LargeFleet(IStoreServer server, Process agents, DirectoryInfo folder, SlicePoolManager pool, IPoolStore store)
    {
        (_server, _agents, _folder) = (server, agents, folder);
        (Pool, Store) = (pool, store);
    }

    /// <summary>The pool; it holds nothing at first.</summary>
    public SlicePoolManager Pool { get; }

    /// <summary>The store, past the pool.</summary>
    public IPoolStore Store { get; }

    /// <summary>Processor time of the store so far.</summary>
    public TimeSpan StoreCpu => CpuTime.Of(_server.ProcessId) ?? TimeSpan.Zero;

    /// <summary>Processor time of all agents so far.</summary>
    public TimeSpan AgentsCpu => CpuTime.Of(_agents.Id) ?? TimeSpan.Zero;

    /// <summary>Starts it.</summary>
    public static async Task<LargeFleet> StartAsync(IStoreServer server, int slices)
    {
        Process agents = ChildProcess.Start(ChildProcess.Self, LeaseAgents.Verb);
        await agents.StandardInput.WriteLineAsync(server.Address.Endpoint);
        await agents.StandardInput.WriteLineAsync(server.Address.Password);
        await TellAsync(agents, slices, "ready");
        DirectoryInfo folder = Directory.CreateTempSubdirectory("ef-");
        string keys = Path.Combine(folder.FullName, "keys.json");
        FleetKeys.Create(Name).Save(keys);
        StoreOptions options = server.Address.ToOptions(Name);
        SlicePoolManager pool = await SlicePoolManager.OpenAsync(new SlicePoolOptions { Store = options, KeyFile = keys, TpuType = TpuType.Parse(DeviceType) });
        return new LargeFleet(server, agents, folder, pool, await StoreLoader.OpenAsync(options, CancellationToken.None));
    }

    /// <summary>Has every agent send some heartbeats at once.</summary>
    public Task BeatAsync(int count) => TellAsync(_agents, count, "done");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Pool.DisposeAsync();
        await Store.DisposeAsync();
        _agents.StandardInput.Close();
        await _agents.WaitForExitAsync();
        _agents.Dispose();
        await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static async Task TellAsync(Process agents, int number, string answer)
    {
        await agents.StandardInput.WriteLineAsync(number.ToString(CultureInfo.InvariantCulture));
        await agents.StandardInput.FlushAsync();
        await ChildProcess.AwaitLineAsync(agents, answer);
    }
}
