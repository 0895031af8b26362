using System.Collections.Concurrent;
using Eformer.Pool.Leases;
using Eformer.Pool.Store;
using Eformer.Pool.Time;
using Eformer.Pool.Topology;

namespace Eformer.Pool.Faults.Tests.Support;

/// <summary>
/// An agent without runners, in this process: its hosts decide as real ones do, by <see cref="WorkerLease"/>. It writes down every
/// acceptance, so that a test can see what the hosts themselves saw.
/// </summary>
internal sealed class StandInAgent : IAsyncDisposable
{
    private const int LifeMs = 4_000;
    private static readonly TimeSpan s_period = TimeSpan.FromMilliseconds(500);
    private readonly IPoolStore _store;
    private readonly IReadOnlyList<HostRegistration> _hosts;
    private readonly Dictionary<string, WorkerLease> _states;
    private readonly Ring _beatNow = new(BootClock.Instance);
    private readonly CancellationTokenSource _end = new();
    private readonly string _id = Guid.NewGuid().ToString("N");
    private readonly ConcurrentDictionary<string, HostHealth> _health = new();
    private readonly ConcurrentQueue<LeaseStep> _history = new();
    private IAsyncDisposable? _bell;
    private Task _loop = Task.CompletedTask;

    private StandInAgent(IPoolStore store, IReadOnlyList<HostRegistration> hosts)
    {
        _store = store;
        _hosts = hosts;
        _states = hosts.ToDictionary(host => host.Host, _ => WorkerLease.Start(Fence.None));
    }

    /// <summary>What its hosts accepted and let go of, in order.</summary>
    public IReadOnlyList<LeaseStep> History => [.. _history];

    public static async Task<StandInAgent> StartAsync(StoreOptions store, IReadOnlyList<HostRegistration> hosts, CancellationToken cancellationToken)
    {
        StandInAgent agent = new(await StoreLoader.OpenAsync(store, cancellationToken), hosts);
        agent._bell = await agent._store.ListenAsync(Doorbell.Agent(agent._id), _ => agent._beatNow.Sound(), cancellationToken);
        await agent._store.RegisterAsync(new AgentRegistration(agent._id, agent._id, hosts, LifeMs), cancellationToken);
        agent._loop = Task.Run(agent.BeatAsync, CancellationToken.None);
        return agent;
    }

    /// <summary>Hosts whose leases do not end: something of them hangs.</summary>
    public ConcurrentDictionary<string, bool> Stuck { get; } = new();

    /// <summary>Hosts that do not decide on what they are offered, as where the disk is slow.</summary>
    public ConcurrentDictionary<string, bool> Undecided { get; } = new();

    /// <summary>Says how a host does.</summary>
    public void Say(string host, HostCondition condition, string why)
    {
        _health[host] = new HostHealth(condition, why, BootClock.Instance.GetUtcNow().ToUnixTimeMilliseconds());
        _beatNow.Sound();
    }

    /// <summary>Falls silent, as an agent does that is killed: its hosts stay registered until they lapse.</summary>
    public async Task FallSilentAsync()
    {
        await _end.CancelAsync();
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Ends as an agent does that is told to.</summary>
    public async ValueTask DisposeAsync()
    {
        await FallSilentAsync();
        await _bell!.DisposeAsync();
        await Retry.OnceAsync(() => _store.DeregisterAsync(_id, _id, CancellationToken.None));
        await _store.DisposeAsync();
        _end.Dispose();
    }

    private async Task BeatAsync()
    {
        while (true)
        {
            bool again = await Retry.OnceAsync(BeatOnceAsync) && _states.Values.Any(state => state.Phase == WorkerPhase.Ending || state.Offer is not null);
            await _beatNow.WaitAsync(again ? TimeSpan.FromMilliseconds(1) : s_period, _end.Token);
        }
    }

    private async Task BeatOnceAsync()
    {
        long askedAt = BootClock.Instance.GetTimestamp();
        HostFence[] fences = [.. _hosts.Select(host => _states[host.Host].Fence).Zip(_hosts, (fence, host) => new HostFence(host.Host, fence.Epoch, fence.LeaseId, fence.Held))];
        HeartbeatReply reply = await _store.HeartbeatAsync(
            new AgentHeartbeat(_id, _id, LifeMs, fences) { Health = _health.ToDictionary(), Load = new AgentLoad(0.5, 2, 1024) }, _end.Token);
        if (reply.Status == HeartbeatStatus.Unknown)
        {
            await _store.RegisterAsync(new AgentRegistration(_id, _id, _hosts, LifeMs) { Fences = fences }, _end.Token);
            return;
        }

        Dictionary<string, HostAssignment> assignments = reply.Assignments.ToDictionary(assignment => assignment.Host);
        Dictionary<string, LeaseRecord> leases = reply.Leases.ToDictionary(lease => lease.LeaseId);
        bool news = false;
        foreach (string host in _states.Keys.Where(host => !Undecided.ContainsKey(host)).ToArray())
        {
            HostAssignment? assignment = assignments.GetValueOrDefault(host);
            LeaseRecord? lease = assignment is null ? null : leases.GetValueOrDefault(assignment.LeaseId);
            news |= Take(host, new WorkerEvent.Answered(assignment, lease, askedAt));
        }

        if (news)
        {
            _beatNow.Sound();
        }
    }

    // Nothing runs and nothing needs a disk, so what is to be saved is saved and what is to be cleared is clear at once.
    private bool Take(string host, WorkerEvent what)
    {
        (WorkerLease next, WorkerCommands commands) = _states[host].Step(what, BootClock.Instance.GetTimestamp(), BootClock.Instance);
        _states[host] = next;
        if (next.Phase == WorkerPhase.Ending && !Stuck.ContainsKey(host))
        {
            Take(host, new WorkerEvent.Cleared());
            _history.Enqueue(new LeaseStep(host, next.Fence.Epoch, Accepted: false));
            return true;
        }

        if (commands.HasFlag(WorkerCommands.SaveFence) && next.Offer is not null)
        {
            _history.Enqueue(new LeaseStep(host, next.FenceToSave.Epoch, Accepted: true));
            Take(host, new WorkerEvent.FenceSaved(next.FenceToSave));
            return true;
        }

        return false;
    }
}
