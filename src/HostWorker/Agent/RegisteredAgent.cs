using Eformer.Pool.Envelopes;
using Eformer.Pool.HostWorker.Functions;
using Eformer.Pool.HostWorker.RuntimeEnvironments;
using Eformer.Pool.Store;
using Eformer.Pool.Time;
using Microsoft.Extensions.Logging;

namespace Eformer.Pool.HostWorker.Agent;

/// <summary>One incarnation of an agent, from its registration to the moment its record vanishes or the agent ends.</summary>
internal sealed partial class RegisteredAgent(
    IPoolStore store, FleetKeys keys, AgentIdentity identity, IReadOnlyList<HostSlot> slots, FenceFile file, HealthWatch health, EnvironmentCache environments, LeaseFunctions functions, string incarnation, StoreTrouble trouble, TimeProvider clock, ILogger logger)
{
    private const int LifeMs = 15_000;
    private const int InboxLimit = 64;
    private const string Heartbeats = "heartbeats";
    private const string Inbox = "inbox";
    private static readonly TimeSpan s_heartbeat = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan s_reap = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_inboxPoll = TimeSpan.FromSeconds(1);
    private readonly string _incarnation = incarnation;
    private readonly Ring _beatNow = new(clock);
    private long _reapedAt = clock.GetTimestamp();
    private string _generation = "";

    // A machine that was booted again waits until its former life has lapsed in the store.
    private static readonly TimeSpan s_formerLife = TimeSpan.FromMilliseconds(LifeMs) + TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(1);

    /// <summary>How long an agent that ends tries to tell the store how its last attempts ended, and that it is gone.</summary>
    public required TimeSpan Farewell { get; init; }

    /// <summary>Whether the store has answered the registration: only then is this incarnation over when it ends.</summary>
    public bool IsRegistered { get; private set; }

    /// <summary>Registers and serves.</summary>
    /// <returns>What the store last said: <see cref="HeartbeatStatus.Alive"/> when cancelled.</returns>
    /// <exception cref="SlicePoolException"><c>HostNameInUse</c>, and the store's errors.</exception>
    public async Task<HeartbeatStatus> ServeAsync(Action onRegistered, CancellationToken cancellationToken)
    {
        using EnvelopeSigner signer = keys.ResultSigner();
        using EnvelopeVerifier verifier = keys.CommandVerifier();
        using CancellationTokenSource giveUp = new();
        AgentContext context = new(store, identity.AgentId, _incarnation, signer, verifier, clock, trouble);
        LeaseKeeper keeper = new(slots, file, BeatNow, logger);
        CancelledRuns cancelled = new(clock);
        CommandReceiver receiver = new(
            context, slots, new RunExecution(context, cancelled, health, environments, functions, logger, giveUp.Token), new SeenCommands(clock), cancelled, BeatNow, logger);
        RunAttendance attendance = new(store.AttendAsync, _incarnation, slots, clock, logger);
        using DeadlineWatch watch = new(keeper.CheckDeadlines);
        await using IAsyncDisposable bell = await store.ListenAsync(Doorbell.Agent(identity.AgentId), receiver.Receive, cancellationToken);
        await RegisterAsync(keeper, cancellationToken);
        onRegistered();
        using CancellationTokenSource serving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task inbox = PollInboxAsync(receiver, serving.Token);
        HeartbeatStatus status = await BeatAsync(keeper, receiver, new KeptLeases(context, keeper, logger), attendance, cancellationToken);
        await serving.CancelAsync();
        await inbox.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await EndAsync(keeper, receiver, status, giveUp);
        return status;
    }

    /// <summary>Sends the next heartbeat at once.</summary>
    public void BeatNow() => _beatNow.Sound();

    private async Task RegisterAsync(LeaseKeeper keeper, CancellationToken cancellationToken)
    {
        RegisterReply reply = await TryRegisterAsync(keeper, cancellationToken);
        if (reply.ConflictingHost is not null)
        {
            throw new SlicePoolException(
                "HostNameInUse",
                PoolErrorCategory.ResourceExists,
                $"Another living agent of fleet '{store.Fleet}' has a host named '{reply.ConflictingHost}'.",
                "Give this agent's hosts other names with --node or --slice.",
                reply.ConflictingHost);
        }

        IsRegistered = true;
        health.Forgotten();
        _generation = reply.Generation;
        LogRegistered(slots.Count, store.Fleet, store.Endpoint, _incarnation);
    }

    private async Task<RegisterReply> TryRegisterAsync(LeaseKeeper keeper, CancellationToken cancellationToken)
    {
        long start = clock.GetTimestamp();
        while (true)
        {
            RegisterReply reply = await store.RegisterAsync(Registration(keeper), cancellationToken);
            if (reply.ConflictingAgent is null)
            {
                return reply;
            }

            if (clock.GetElapsedTime(start) > s_formerLife)
            {
                throw new SlicePoolException(
                    "MachineInUse",
                    PoolErrorCategory.ResourceExists,
                    $"A living agent of fleet '{store.Fleet}' has this machine's identity: it runs on this machine, or this is a copy of its disk.",
                    "Run one agent per machine and fleet; on a copied machine make a new /etc/machine-id, for example with systemd-machine-id-setup.",
                    reply.ConflictingAgent);
            }

            LogWaiting(reply.ConflictingAgent);
            await Task.Delay(s_look, clock, cancellationToken);
        }
    }

    private AgentRegistration Registration(LeaseKeeper keeper) =>
        new(identity.AgentId, _incarnation, [.. slots.Select(slot => slot.Registration)], LifeMs)
        {
            Fences = keeper.Fences(),
            MachineId = identity.MachineId,
            BootId = identity.BootId,
        };

    private async Task<HeartbeatStatus> BeatAsync(
        LeaseKeeper keeper, CommandReceiver receiver, KeptLeases kept, RunAttendance attendance, CancellationToken cancellationToken)
    {
        HeartbeatStatus status = HeartbeatStatus.Alive;
        while (status == HeartbeatStatus.Alive && !cancellationToken.IsCancellationRequested)
        {
            try
            {
                status = await BeatOnceAsync(keeper, receiver, kept, attendance, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                break;
            }
        }

        return status;
    }

    private async Task<HeartbeatStatus> BeatOnceAsync(
        LeaseKeeper keeper, CommandReceiver receiver, KeptLeases kept, RunAttendance attendance, CancellationToken cancellationToken)
    {
        try
        {
            long askedAt = clock.GetTimestamp();
            HeartbeatReply reply = await SendAsync(keeper, cancellationToken);
            if (reply.Status == HeartbeatStatus.Unknown && reply.Generation != _generation)
            {
                // The store lost data, not only our record: what we hold may be reasserted by its owner, so we keep it.
                LogStoreLostData();
                await RegisterAsync(keeper, cancellationToken);
                attendance.Doubt();
                return HeartbeatStatus.Alive;
            }

            bool accepted = reply.Status == HeartbeatStatus.Alive && keeper.Apply(reply, askedAt);
            receiver.ReceiveDeferred();
            if (reply.Status != HeartbeatStatus.Alive || accepted)
            {
                // What was accepted is reported at once: its owner is waiting for that.
                return reply.Status;
            }

            await kept.RenewAsync(reply.Leases, cancellationToken);
            await ReapAsync(cancellationToken);
            await attendance.TellAsync(cancellationToken);
            trouble.Leave(Heartbeats);
        }
        catch (SlicePoolException exception)
        {
            // The deadlines of the leases run on without the store; this loop only keeps asking.
            trouble.Meet(Heartbeats, exception);
        }

        await _beatNow.WaitAsync(keeper.Period(s_heartbeat), cancellationToken);
        return HeartbeatStatus.Alive;
    }

    private async Task<HeartbeatReply> SendAsync(LeaseKeeper keeper, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<string, HostHealth> changes = health.Changes();
        AgentHeartbeat heartbeat = new(identity.AgentId, _incarnation, LifeMs, keeper.Fences()) { Load = MachineLoad.Read(), Health = changes };
        HeartbeatReply reply = await store.HeartbeatAsync(heartbeat, cancellationToken);
        if (reply.Status == HeartbeatStatus.Alive)
        {
            health.Told(changes);
        }

        return reply;
    }

    private async Task ReapAsync(CancellationToken cancellationToken)
    {
        if (clock.GetElapsedTime(_reapedAt) > s_reap)
        {
            _reapedAt = clock.GetTimestamp();
            await store.ReapAsync(cancellationToken);
        }
    }

    // The doorbell brings commands at once; this finds those whose ring was lost.
    private async Task PollInboxAsync(CommandReceiver receiver, CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(s_inboxPoll, clock, cancellationToken);
            try
            {
                // To its end each time: a driver in a loop announces more than one look takes, and what a lost doorbell left lies behind that.
                while (await TakeInboxAsync(receiver, cancellationToken) == InboxLimit)
                {
                }

                trouble.Leave(Inbox);
            }
            catch (SlicePoolException exception)
            {
                trouble.Meet(Inbox, exception);
            }
        }
    }

    private async Task<int> TakeInboxAsync(CommandReceiver receiver, CancellationToken cancellationToken)
    {
        IReadOnlyList<ReadOnlyMemory<byte>> messages = await store.TakeInboxAsync(identity.AgentId, InboxLimit, cancellationToken);
        foreach (ReadOnlyMemory<byte> message in messages)
        {
            receiver.Receive(message);
        }

        return messages.Count;
    }

    private async Task EndAsync(LeaseKeeper keeper, CommandReceiver receiver, HeartbeatStatus status, CancellationTokenSource giveUp)
    {
        trouble.Leave(Heartbeats);
        trouble.Leave(Inbox);
        LogEnding(_incarnation, status == HeartbeatStatus.Alive ? "the agent was told to end" : $"the store says {status}");
        giveUp.CancelAfter(Farewell);
        await keeper.EndAllAsync(status == HeartbeatStatus.Alive ? StopCause.AgentEnding : StopCause.LeaseEnded);
        await receiver.DrainAsync();
        if (status == HeartbeatStatus.Alive)
        {
            using CancellationTokenSource limit = new(Farewell, clock);
            await store.DeregisterAsync(identity.AgentId, _incarnation, limit.Token);
        }
    }

    [LoggerMessage(501, LogLevel.Information, "Registered {Count} host(s) in fleet {Fleet} at {Endpoint}, incarnation {Incarnation}")]
    private partial void LogRegistered(int count, string fleet, string endpoint, string incarnation);

    [LoggerMessage(504, LogLevel.Warning, "The store lost data; what is held here is kept until its owner confirms it or its time is up")]
    private partial void LogStoreLostData();

    [LoggerMessage(505, LogLevel.Warning, "Agent {Agent} has this machine's identity and is alive; trying again until it has lapsed")]
    private partial void LogWaiting(string agent);

    [LoggerMessage(503, LogLevel.Information, "Incarnation {Incarnation} ends: {Why}")]
    private partial void LogEnding(string incarnation, string why);
}
