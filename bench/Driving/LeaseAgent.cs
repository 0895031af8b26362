using System.Globalization;
using Eformer.Pool.Leases;
using Eformer.Pool.Pools;
using Eformer.Pool.Store;
using Eformer.Pool.Time;
using Eformer.Pool.Topology;

namespace Eformer.Pool.Bench.Driving;

/// <summary>
/// An agent of one physical slice. Its hosts decide as real ones do, by <see cref="WorkerLease"/>, but have no disk, no runners and
/// nothing to end: an agent's own time is not what is measured with it.
/// </summary>
internal sealed class LeaseAgent
{
    private const int LifeMs = 15_000;
    private static readonly TimeSpan s_heartbeat = TimeSpan.FromSeconds(3);
    private readonly IPoolStore _store;
    private readonly string _id;
    private readonly HostRegistration[] _hosts;
    private readonly WorkerLease[] _leases;
    private readonly Ring _beatNow = new(BootClock.Instance);
    private readonly Turn _turn = new();

    private LeaseAgent(IPoolStore store, string slice)
    {
        _store = store;
        _id = slice;
        _hosts =
        [
            .. Enumerable.Range(0, LargeFleet.HostsPerSlice).Select(index => new HostRegistration
            {
                Host = string.Create(CultureInfo.InvariantCulture, $"{slice}-host-{index:000}"),
                Node = string.Create(CultureInfo.InvariantCulture, $"{slice}-node-{index:000}"),
                Slice = slice,
                WorkerIndex = index,
                Devices = 4,
                DeviceType = LargeFleet.DeviceType,
                Engine = "none",
            }),
        ];
        _leases = [.. _hosts.Select(_ => WorkerLease.Start(Fence.None))];
    }

    /// <summary>Registers it; from then on it sends heartbeats.</summary>
    public static async Task<LeaseAgent> StartAsync(StoreOptions store, int slice)
    {
        LeaseAgent agent = new(await StoreLoader.OpenAsync(store, CancellationToken.None), string.Create(CultureInfo.InvariantCulture, $"slice-{slice:000}"));
        await agent._store.ListenAsync(Doorbell.Agent(agent._id), _ => agent._beatNow.Sound(), CancellationToken.None);
        await agent._store.RegisterAsync(new AgentRegistration(agent._id, agent._id, agent._hosts, LifeMs), CancellationToken.None);
        _ = Task.Run(agent.BeatForEverAsync);
        return agent;
    }

    /// <summary>Sends some heartbeats at once, one after the other.</summary>
    public async Task BeatAsync(int count)
    {
        for (int i = 0; i < count; i++)
        {
            await BeatInTurnAsync();
        }
    }

    private async Task BeatForEverAsync()
    {
        // Machines do not start at the same moment, so their heartbeats are spread.
        TimeSpan pause = s_heartbeat * Random.Shared.NextDouble();
        while (true)
        {
            await _beatNow.WaitAsync(pause, CancellationToken.None);
            pause = await BeatInTurnAsync() ? TimeSpan.Zero : s_heartbeat;
        }
    }

    private Task<bool> BeatInTurnAsync() => _turn.RunAsync(BeatOnceAsync, CancellationToken.None);

    // Whether there is something to tell at once.
    private async Task<bool> BeatOnceAsync()
    {
        long askedAt = BootClock.Instance.GetTimestamp();
        HostFence[] fences = [.. _hosts.Zip(_leases, static (host, lease) => Describe(host.Host, lease.Fence))];
        HeartbeatReply reply = await _store.HeartbeatAsync(
            new AgentHeartbeat(_id, _id, LifeMs, fences) { Load = new AgentLoad(0.5, 2, 1024) }, CancellationToken.None);
        Dictionary<string, HostAssignment> assignments = reply.Assignments.ToDictionary(assignment => assignment.Host, StringComparer.Ordinal);
        Dictionary<string, LeaseRecord> leases = reply.Leases.ToDictionary(lease => lease.LeaseId, StringComparer.Ordinal);
        bool news = false;
        for (int i = 0; i < _hosts.Length; i++)
        {
            HostAssignment? assignment = assignments.GetValueOrDefault(_hosts[i].Host);
            LeaseRecord? lease = assignment is null ? null : leases.GetValueOrDefault(assignment.LeaseId);
            news |= Take(i, new WorkerEvent.Answered(assignment, lease, askedAt));
        }

        return news;
    }

    private static HostFence Describe(string host, Fence fence) => new(host, fence.Epoch, fence.LeaseId, fence.Held);

    // What is to be saved is saved and what is to be cleared is clear at once.
    private bool Take(int host, WorkerEvent what)
    {
        (_leases[host], WorkerCommands commands) = _leases[host].Step(what, BootClock.Instance.GetTimestamp(), BootClock.Instance);
        if (commands.HasFlag(WorkerCommands.EndLease))
        {
            return Take(host, new WorkerEvent.Cleared());
        }

        if (commands.HasFlag(WorkerCommands.SaveFence) && _leases[host].Offer is not null)
        {
            return Take(host, new WorkerEvent.FenceSaved(_leases[host].FenceToSave));
        }

        return commands.HasFlag(WorkerCommands.SaveFence) || commands.HasFlag(WorkerCommands.ReportNow);
    }
}
