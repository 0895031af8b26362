using System.Diagnostics;
using Eformer.Pool.Bench.Driving;
using Eformer.Pool.Bench.Measuring;
using Eformer.Pool.Leases;
using Eformer.Pool.Store;

namespace Eformer.Pool.Bench.Works;

/// <summary>A large fleet, placed as a whole and kept. It is started when it is first measured: its heartbeats would disturb others.</summary>
/// <remarks>
/// Costs at the store are processor time of its process, measured over many calls one after the other and given for one second at the
/// default periods: 10 ms are 1 % of a core.
/// </remarks>
internal sealed class LeaseRuns : IWorks
{
    private const double HeartbeatsPerSecond = 1 / 3.0;
    private const int HeartbeatsEach = 20;
    private static readonly LeaseTimings s_timings = new SlicePoolOptions().Check();

    // What giving back set off, in the agents and in the pool's watch, is no part of placing.
    private static readonly TimeSpan s_settling = TimeSpan.FromMilliseconds(200);
    private readonly BenchOptions _options;
    private LargeFleet? _fleet;
    private string _of = "";
    private IReadOnlyDictionary<string, Quantity> _parts = new Dictionary<string, Quantity>();

    /// <summary>Starts nothing yet.</summary>
    public LeaseRuns(BenchOptions options)
    {
        _options = options;
        Works =
        [
            .. On("the embedded store", async () => await EmbeddedStore.StartAsync()),
            .. RedisServer.IsInstalled ? On("redis", async () => await RedisServer.StartAsync()) : [],
        ];
    }

    /// <inheritdoc/>
    public IReadOnlyList<Work> Works { get; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_fleet is not null)
        {
            await _fleet.DisposeAsync();
        }
    }

    private IEnumerable<Work> On(string server, Func<Task<IStoreServer>> start)
    {
        int slices = _options.Slices;
        (int repetitions, int renewals) = _options.LeaseCosts;
        return
        [
            new($"place {slices} x {LargeFleet.HostsPerSlice}, {server}", async () => await PlaceAsync(await FleetAsync(server, start)))
            {
                Reach = _options.Quick ? null : 1000,
                Repetitions = _options.Placements,
                Parts = () => _parts,
            },
            new($"renew {slices} leases: cpu of {server} in 1 s", async () => await RenewAsync(await FleetAsync(server, start), renewals))
            {
                Reach = 10,
                Repetitions = repetitions,
            },
            new($"heartbeats of {slices} agents with {LargeFleet.HostsPerSlice} hosts: cpu of {server} in 1 s", async () => await BeatAsync(await FleetAsync(server, start)))
            {
                Repetitions = repetitions,
            },
        ];
    }

    // One at a time: two would share the machine.
    private async Task<LargeFleet> FleetAsync(string server, Func<Task<IStoreServer>> start)
    {
        if (_of != server)
        {
            await DisposeAsync();
            (_fleet, _of) = (null, server);
            _fleet = await LargeFleet.StartAsync(await start(), _options.Slices);
        }

        return _fleet!;
    }

    // From the call to its return, when every host has accepted its lease and the driver knows.
    private async Task<TimeSpan> PlaceAsync(LargeFleet fleet)
    {
        await fleet.Pool.DrainActorPoolAsync();
        await Task.Delay(s_settling, TimeProvider.System);
        using StepTimes steps = new();
        (TimeSpan driver, TimeSpan store, TimeSpan agents) = (OfDriver(), fleet.StoreCpu, fleet.AgentsCpu);
        long start = Stopwatch.GetTimestamp();
        await fleet.Pool.ScaleMultisliceAsync(_options.Slices);
        TimeSpan duration = Stopwatch.GetElapsedTime(start);
        _parts = new Dictionary<string, Quantity>(steps.Times.Select(static step => KeyValuePair.Create(step.Key, Quantity.Of(step.Value))))
        {
            ["cpu of the driver"] = Quantity.Of(OfDriver() - driver),
            ["cpu of the store"] = Quantity.Of(fleet.StoreCpu - store),
            ["cpu of the agents"] = Quantity.Of(fleet.AgentsCpu - agents),
        };
        IReadOnlyList<HostRecord> hosts = (await fleet.Store.ReadFleetAsync(CancellationToken.None)).Hosts;
        return hosts.All(host => host.State == HostState.Held)
            ? duration
            : throw new InvalidOperationException($"{hosts.Count(host => host.State != HostState.Held)} hosts are not held.");
    }

    private async Task<TimeSpan> RenewAsync(LargeFleet fleet, int renewals)
    {
        RenewRequest request = await RequestAsync(fleet);
        TimeSpan before = fleet.StoreCpu;
        for (int i = 0; i < renewals; i++)
        {
            RenewReply reply = await fleet.Store.RenewAsync(request, CancellationToken.None);
            if (reply.Renewed.Count != _options.Slices)
            {
                throw new InvalidOperationException($"{reply.Renewed.Count} leases were renewed.");
            }
        }

        return (fleet.StoreCpu - before) / renewals / s_timings.RenewEvery.TotalSeconds;
    }

    private async Task<TimeSpan> BeatAsync(LargeFleet fleet)
    {
        await RequestAsync(fleet);
        TimeSpan before = fleet.StoreCpu;
        await fleet.BeatAsync(HeartbeatsEach);
        return (fleet.StoreCpu - before) / HeartbeatsEach * HeartbeatsPerSecond;
    }

    // What the pool's own renewer sends.
    private async Task<RenewRequest> RequestAsync(LargeFleet fleet)
    {
        SlicePoolManager pool = fleet.Pool;
        await pool.ScaleMultisliceAsync(_options.Slices);
        IReadOnlyList<LeaseRecord> leases = (await fleet.Store.ReadFleetAsync(CancellationToken.None)).Leases;
        return new RenewRequest(pool.Name, pool.OwnerId, Environment.UserName, (int)s_timings.Ttl.TotalMilliseconds, [.. leases.Select(lease => lease.LeaseId)]);
    }

    private static TimeSpan OfDriver() => CpuTime.Of(Environment.ProcessId) ?? TimeSpan.Zero;
}
