using System.Globalization;
using Eformer.Pool.Store;

namespace Eformer.Pool.Testing.Model;

/// <summary>A store in memory: the control plane with the scripts' answers, and blobs, without runs. Thread-safe.</summary>
/// <param name="clock">The server's clock.</param>
/// <param name="fleet">The fleet's name.</param>
public sealed class MemoryStore(TimeProvider clock, string fleet = "memory") : IPoolStore
{
    private readonly Lock _gate = new();
    private FleetModel _state = FleetModel.Empty;
    private readonly List<PoolEvent> _events = [];
    private int _nonces;

    public string Endpoint => "memory:0";

    public string Fleet => fleet;

    /// <summary>Whether nobody answers.</summary>
    public bool IsAway { get; set; }

    /// <summary>The server's run: another one after a restart.</summary>
    public string Run { get; set; } = "run-1";

    /// <summary>Everything it has. Set to what it was, data is lost.</summary>
    public FleetModel State
    {
        get
        {
            lock (_gate)
            {
                return _state;
            }
        }

        set
        {
            lock (_gate)
            {
                _state = value;
            }
        }
    }

    public Task<string> CheckAsync(CancellationToken cancellationToken) => Answer(state => (state, "memory 1.0"));

    public Task<RegisterReply> RegisterAsync(AgentRegistration registration, CancellationToken cancellationToken) =>
        Answer(state => Bumped(state).Register(registration, Nonce(), Now));

    public Task DeregisterAsync(string agentId, string incarnation, CancellationToken cancellationToken) =>
        Answer(state => (state.Deregister(agentId, incarnation), true));

    public Task<HeartbeatReply> HeartbeatAsync(AgentHeartbeat heartbeat, CancellationToken cancellationToken) =>
        Answer(state => Bumped(state).Heartbeat(heartbeat, Now));

    public Task<FleetSnapshot> ReadFleetAsync(CancellationToken cancellationToken) => Answer(state => (state, state.Read(Now)));

    public Task<IReadOnlyList<HostStatus>> ReadHostsAsync(IReadOnlyList<string> hosts, CancellationToken cancellationToken) =>
        Answer(state => (state, state.Read(hosts, Now)));

    public Task<AcquireReply> AcquireAsync(AcquireRequest request, CancellationToken cancellationToken) =>
        Answer(state => Bumped(state).Acquire(request, Nonce(), Now));

    public Task<RenewReply> RenewAsync(RenewRequest request, CancellationToken cancellationToken) =>
        Answer(state => Bumped(state).Renew(request, Nonce(), Now));

    public Task ReleaseAsync(ReleaseRequest request, CancellationToken cancellationToken) => Answer(state => (state.Release(request), true));

    public Task<int> ReapAsync(CancellationToken cancellationToken) => Answer(state => state.Reap(Now));

    public Task<ReassertReply> ReassertAsync(ReassertRequest request, CancellationToken cancellationToken) =>
        Answer(state => Bumped(state).Reassert(request, Nonce(), Now));

    public Task<bool> KeepAsync(KeepRequest request, CancellationToken cancellationToken) => Answer(state =>
        state.Keep(request.Pool, request.OwnerId, request.LeaseId, request.SeenRenewals, request.TtlMs, Now));

    public Task<AdoptStatus> AdoptAsync(AdoptRequest request, CancellationToken cancellationToken) => Answer(state => state.Adopt(request, Now));

    public Task SuspendAsync(SuspendRequest request, CancellationToken cancellationToken) =>
        Answer(state => (state.Suspend(request, Now), true));

    public Task<int> ResumeAsync(IReadOnlyList<string> hosts, CancellationToken cancellationToken) => Answer(state => state.Resume(hosts));

    public Task PublishDemandAsync(DemandRecord demand, CancellationToken cancellationToken) =>
        Answer(state => (state.Publish(demand, Now), true));

    public Task WithdrawDemandAsync(string pool, string ownerId, CancellationToken cancellationToken) =>
        Answer(state => (state.Withdraw(pool, ownerId), true));

    public Task NoteAsync(IReadOnlyList<PoolEvent> events, CancellationToken cancellationToken) => Answer(state =>
    {
        _events.AddRange(events.Select(item => item with { TimeMs = Now }));
        return (state, true);
    });

    public Task<IReadOnlyList<PoolEvent>> ReadEventsAsync(int limit, CancellationToken cancellationToken) =>
        Answer(state => (state, (IReadOnlyList<PoolEvent>)[.. _events.TakeLast(limit)]));

    /// <summary>Never rings: a doorbell may be lost, so whoever listens has to poll as well.</summary>
    public Task<IAsyncDisposable> ListenAsync(
        Doorbell doorbell, Action<ReadOnlyMemory<byte>> handler, CancellationToken cancellationToken) =>
        Task.FromResult<IAsyncDisposable>(new MemoryStream());

    public Task<bool> SubmitAsync(RunSubmission submission, CancellationToken cancellationToken) => throw NoRuns();

    public Task<bool> AmendAsync(RunAmendment amendment, CancellationToken cancellationToken) => throw NoRuns();

    public Task<RunStanding?> ReadRunAsync(string runId, CancellationToken cancellationToken) => throw NoRuns();

    public Task<bool> IsCancelledAsync(string runId, CancellationToken cancellationToken) => throw NoRuns();

    public Task<IReadOnlyList<RunCount>> ListRunsAsync(CancellationToken cancellationToken) => throw NoRuns();

    public Task<AppendStatus> JudgeAsync(LogAppend append, CancellationToken cancellationToken) => throw NoRuns();

    public Task TrimLogAsync(string runId, long upTo, CancellationToken cancellationToken) => throw NoRuns();

    public Task CancelAsync(RunCancellation cancellation, CancellationToken cancellationToken) => throw NoRuns();

    public Task<ClaimReply> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken) => throw NoRuns();

    public Task<IReadOnlyList<string>> AttendAsync(AttendRequest request, CancellationToken cancellationToken) => throw NoRuns();

    public Task<AppendStatus> ChunkAsync(LogAppend append, CancellationToken cancellationToken) => throw NoRuns();

    public Task<AppendStatus> CompleteAsync(LogAppend append, CancellationToken cancellationToken) => throw NoRuns();

    public Task<IReadOnlyList<ReadOnlyMemory<byte>>?> ReadLogAsync(
        string runId, long from, int limit, CancellationToken cancellationToken) => throw NoRuns();

    public Task AcknowledgeAsync(IReadOnlyList<string> runIds, CancellationToken cancellationToken) => throw NoRuns();

    public Task<IReadOnlyList<ReadOnlyMemory<byte>>> TakeInboxAsync(string agentId, int limit, CancellationToken cancellationToken) =>
        Answer(state => (state, (IReadOnlyList<ReadOnlyMemory<byte>>)[]));

    /// <summary>What it has of blobs.</summary>
    public BlobShelf Shelf { get; } = new();

    public Task<IReadOnlyList<BlobId>> FindMissingBlobsAsync(IReadOnlyList<BlobId> blobs, CancellationToken cancellationToken) =>
        Answer(state => (state, Shelf.FindMissing(blobs, Now)));

    public Task<int> PutBlobAsync(BlobPiece piece, CancellationToken cancellationToken) => Answer(state => (state, Shelf.Put(piece, Now)));

    public Task<ReadOnlyMemory<byte>?> ReadBlobAsync(BlobId blob, int index, CancellationToken cancellationToken) =>
        Answer(state => (state, Shelf.Read(blob, index, Now)));

    public Task ForgetBlobAsync(BlobId blob, CancellationToken cancellationToken) => Answer(state => (state, Shelf.Forget(blob)));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    private string Nonce() => string.Create(CultureInfo.InvariantCulture, $"{++_nonces:x32}");

    // What leases depend on first makes sure that the data are this run's.
    private FleetModel Bumped(FleetModel state) => state.BumpGeneration(Run, Nonce(), Now);

    private Task<T> Answer<T>(Func<FleetModel, (FleetModel Next, T Reply)> operation)
    {
        lock (_gate)
        {
            if (IsAway)
            {
                return Task.FromException<T>(new SlicePoolException(
                    "StoreUnreachable", PoolErrorCategory.ConnectionError, $"The store at {Endpoint} does not answer."));
            }

            (_state, T reply) = operation(_state);
            return Task.FromResult(reply);
        }
    }

    private static NotSupportedException NoRuns() => new("The store in memory has no runs.");
}
