using System.Security.Cryptography;
using Eformer.Pool.Envelopes;
using Eformer.Pool.Store;
using Eformer.Pool.Time;
using Microsoft.Extensions.Logging;

namespace Eformer.Pool.HostWorker.Agent;

/// <summary>One incarnation of an agent, from its registration to the moment its record vanishes or the agent ends.</summary>
internal sealed partial class RegisteredAgent(
    IPoolStore store, FleetKeys keys, string agentId, IReadOnlyList<HostSlot> slots, FenceFile file, TimeProvider clock, ILogger logger)
{
    private const int LifeMs = 15_000;
    private const int InboxLimit = 64;
    private static readonly TimeSpan s_heartbeat = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan s_reap = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_inboxPoll = TimeSpan.FromSeconds(1);
    private readonly string _incarnation = RandomNumberGenerator.GetHexString(32, lowercase: true);
    private readonly Ring _beatNow = new(clock);
    private long _reapedAt = clock.GetTimestamp();

    /// <summary>Registers and serves.</summary>
    /// <returns>What the store last said: <see cref="HeartbeatStatus.Alive"/> when cancelled.</returns>
    /// <exception cref="SlicePoolException"><c>HostNameInUse</c>, and the store's errors.</exception>
    public async Task<HeartbeatStatus> ServeAsync(Action onRegistered, CancellationToken cancellationToken)
    {
        using EnvelopeSigner signer = keys.ResultSigner();
        using EnvelopeVerifier verifier = keys.CommandVerifier();
        using CancellationTokenSource giveUp = new();
        AgentContext context = new(store, agentId, _incarnation, signer, verifier, clock);
        LeaseKeeper keeper = new(slots, file, BeatNow, logger);
        SeenCommands cancelled = new(clock);
        CommandReceiver receiver = new(
            context, slots, new RunExecution(context, cancelled, logger, giveUp.Token), new SeenCommands(clock), cancelled, BeatNow, logger);
        using DeadlineWatch watch = new(keeper.CheckDeadlines);
        await using IAsyncDisposable bell = await store.ListenAsync(Doorbell.Agent(agentId), receiver.Receive, cancellationToken);
        await RegisterAsync(cancellationToken);
        onRegistered();
        using CancellationTokenSource serving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task inbox = PollInboxAsync(receiver, serving.Token);
        HeartbeatStatus status = await BeatAsync(keeper, cancellationToken);
        await serving.CancelAsync();
        await inbox.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await EndAsync(keeper, receiver, status, giveUp);
        return status;
    }

    private void BeatNow() => _beatNow.Sound();

    private async Task RegisterAsync(CancellationToken cancellationToken)
    {
        RegisterReply reply = await store.RegisterAsync(
            new AgentRegistration(agentId, _incarnation, [.. slots.Select(slot => slot.Registration)], LifeMs), cancellationToken);
        if (reply.ConflictingHost is not null)
        {
            throw new SlicePoolException(
                "HostNameInUse",
                PoolErrorCategory.ResourceExists,
                $"Another living agent of fleet '{store.Fleet}' has a host named '{reply.ConflictingHost}'.",
                "Give this agent's hosts other names with --node or --slice.",
                reply.ConflictingHost);
        }

        LogRegistered(slots.Count, store.Fleet, store.Endpoint, _incarnation);
    }

    private async Task<HeartbeatStatus> BeatAsync(LeaseKeeper keeper, CancellationToken cancellationToken)
    {
        HeartbeatStatus status = HeartbeatStatus.Alive;
        while (status == HeartbeatStatus.Alive && !cancellationToken.IsCancellationRequested)
        {
            try
            {
                status = await BeatOnceAsync(keeper, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                break;
            }
        }

        return status;
    }

    private async Task<HeartbeatStatus> BeatOnceAsync(LeaseKeeper keeper, CancellationToken cancellationToken)
    {
        try
        {
            long askedAt = clock.GetTimestamp();
            HeartbeatReply reply = await store.HeartbeatAsync(
                new AgentHeartbeat(agentId, _incarnation, LifeMs, keeper.Fences()), cancellationToken);
            if (reply.Status != HeartbeatStatus.Alive || keeper.Apply(reply, askedAt))
            {
                // What was accepted is reported at once: its owner is waiting for that.
                return reply.Status;
            }

            await ReapAsync(cancellationToken);
        }
        catch (SlicePoolException exception)
        {
            // The deadlines of the leases run on without the store; this loop only keeps asking.
            LogBeatFailed(exception.Message);
        }

        await _beatNow.WaitAsync(s_heartbeat, cancellationToken);
        return HeartbeatStatus.Alive;
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
                foreach (ReadOnlyMemory<byte> message in await store.TakeInboxAsync(agentId, InboxLimit, cancellationToken))
                {
                    receiver.Receive(message);
                }
            }
            catch (SlicePoolException exception)
            {
                LogBeatFailed(exception.Message);
            }
        }
    }

    private async Task EndAsync(LeaseKeeper keeper, CommandReceiver receiver, HeartbeatStatus status, CancellationTokenSource giveUp)
    {
        LogEnding(_incarnation, status == HeartbeatStatus.Alive ? "the agent was told to end" : $"the store says {status}");
        giveUp.CancelAfter(TimeSpan.FromSeconds(5));
        await keeper.EndAllAsync(status == HeartbeatStatus.Alive ? StopCause.AgentEnding : StopCause.LeaseEnded);
        await receiver.DrainAsync();
        if (status == HeartbeatStatus.Alive)
        {
            using CancellationTokenSource limit = new(TimeSpan.FromSeconds(5), clock);
            await store.DeregisterAsync(agentId, _incarnation, limit.Token);
        }
    }

    [LoggerMessage(501, LogLevel.Information, "Registered {Count} host(s) in fleet {Fleet} at {Endpoint}, incarnation {Incarnation}")]
    private partial void LogRegistered(int count, string fleet, string endpoint, string incarnation);

    [LoggerMessage(502, LogLevel.Warning, "The store did not answer: {Reason}")]
    private partial void LogBeatFailed(string reason);

    [LoggerMessage(503, LogLevel.Information, "Incarnation {Incarnation} ends: {Why}")]
    private partial void LogEnding(string incarnation, string why);
}
