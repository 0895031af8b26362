using Eformer.Pool.RedisStore.Connections;
using Eformer.Pool.RedisStore.Keys;
using Eformer.Pool.RedisStore.Operations;
using Eformer.Pool.RedisStore.Scripting;
using Eformer.Pool.Store;

namespace Eformer.Pool.RedisStore;

/// <summary>A store on Redis, Valkey or Garnet: one script an operation.</summary>
internal sealed class RedisPoolStore(StoreConnections connections, ScriptRunner runner, FleetKeys keys, Announcer announcer, RunLister lister, BumpGenerationOperation generation)
    : IPoolStore
{
    private readonly CheckOperation _check = new(runner, keys);
    private readonly RegisterOperation _register = new(runner, keys, generation);
    private readonly DeregisterOperation _deregister = new(runner, keys);
    private readonly HeartbeatOperation _heartbeat = new(runner, keys, generation);
    private readonly ReadFleetOperation _readFleet = new(runner, keys, generation);
    private readonly ReadHostsOperation _readHosts = new(runner, keys);
    private readonly AcquireOperation _acquire = new(runner, keys, generation);
    private readonly RenewOperation _renew = new(runner, keys, generation);
    private readonly ReleaseOperation _release = new(runner, keys);
    private readonly ReapOperation _reap = new(runner, keys);
    private readonly SubmitOperation _submit = new(runner, keys, announcer, lister);
    private readonly AmendOperation _amend = new(runner, keys, announcer, lister);
    private readonly ReadRunOperation _readRun = new(runner, keys);
    private readonly CancelledOperation _cancelled = new(runner, keys);
    private readonly ListRunsOperation _listRuns = new(runner, keys, lister);
    private readonly TrimLogOperation _trimLog = new(runner, keys);
    private readonly CancelOperation _cancel = new(runner, keys, announcer);
    private readonly ClaimOperation _claim = new(runner, keys);
    private readonly AttendOperation _attend = new(runner, keys);
    private readonly AppendOperation _append = new(runner, keys);
    private readonly ReadLogOperation _readLog = new(runner, keys);
    private readonly AcknowledgeOperation _acknowledge = new(runner, keys, lister);
    private readonly TakeInboxOperation _takeInbox = new(runner, keys);
    private readonly ListenOperation _listen = new(runner, keys);
    private readonly ReassertOperation _reassert = new(runner, keys, generation);
    private readonly KeepOperation _keep = new(runner, keys);
    private readonly AdoptOperation _adopt = new(runner, keys);
    private readonly SuspendOperation _suspend = new(runner, keys);
    private readonly DemandOperation _demand = new(runner, keys);
    private readonly EventsOperation _events = new(runner, keys);
    private readonly FindBlobsOperation _findBlobs = new(runner, keys);
    private readonly PutBlobOperation _putBlob = new(runner, keys);
    private readonly ReadBlobOperation _readBlob = new(runner, keys);
    private readonly ForgetBlobOperation _forgetBlob = new(runner, keys);

    public string Endpoint => connections.Endpoint;

    public string Fleet => keys.Fleet;

    public Task<string> CheckAsync(CancellationToken cancellationToken) => _check.RunAsync(cancellationToken);

    public Task<RegisterReply> RegisterAsync(AgentRegistration registration, CancellationToken cancellationToken) =>
        _register.RunAsync(registration, cancellationToken);

    public Task DeregisterAsync(string agentId, string incarnation, CancellationToken cancellationToken) =>
        _deregister.RunAsync(agentId, incarnation, cancellationToken);

    public Task<HeartbeatReply> HeartbeatAsync(AgentHeartbeat heartbeat, CancellationToken cancellationToken) =>
        _heartbeat.RunAsync(heartbeat, cancellationToken);

    public Task<FleetSnapshot> ReadFleetAsync(CancellationToken cancellationToken) => _readFleet.RunAsync(cancellationToken);

    public Task<IReadOnlyList<HostStatus>> ReadHostsAsync(IReadOnlyList<string> hosts, CancellationToken cancellationToken) =>
        _readHosts.RunAsync(hosts, cancellationToken);

    public Task<AcquireReply> AcquireAsync(AcquireRequest request, CancellationToken cancellationToken) =>
        _acquire.RunAsync(request, cancellationToken);

    public Task<RenewReply> RenewAsync(RenewRequest request, CancellationToken cancellationToken) =>
        _renew.RunAsync(request, cancellationToken);

    public Task<ReassertReply> ReassertAsync(ReassertRequest request, CancellationToken cancellationToken) =>
        _reassert.RunAsync(request, cancellationToken);

    public Task<bool> KeepAsync(KeepRequest request, CancellationToken cancellationToken) => _keep.RunAsync(request, cancellationToken);

    public Task<AdoptStatus> AdoptAsync(AdoptRequest request, CancellationToken cancellationToken) =>
        _adopt.RunAsync(request, cancellationToken);

    public Task SuspendAsync(SuspendRequest request, CancellationToken cancellationToken) => _suspend.SuspendAsync(request, cancellationToken);

    public Task<int> ResumeAsync(IReadOnlyList<string> hosts, CancellationToken cancellationToken) =>
        _suspend.ResumeAsync(hosts, cancellationToken);

    public Task PublishDemandAsync(DemandRecord demand, CancellationToken cancellationToken) => _demand.PublishAsync(demand, cancellationToken);

    public Task WithdrawDemandAsync(string pool, string ownerId, CancellationToken cancellationToken) =>
        _demand.WithdrawAsync(pool, ownerId, cancellationToken);

    public Task NoteAsync(IReadOnlyList<PoolEvent> events, CancellationToken cancellationToken) => _events.NoteAsync(events, cancellationToken);

    public Task<IReadOnlyList<PoolEvent>> ReadEventsAsync(int limit, CancellationToken cancellationToken) =>
        _events.ReadAsync(limit, cancellationToken);

    public Task ReleaseAsync(ReleaseRequest request, CancellationToken cancellationToken) =>
        _release.RunAsync(request, cancellationToken);

    public Task<int> ReapAsync(CancellationToken cancellationToken) => _reap.RunAsync(cancellationToken);

    public Task<bool> SubmitAsync(RunSubmission submission, CancellationToken cancellationToken) =>
        _submit.RunAsync(submission, cancellationToken);

    public Task CancelAsync(RunCancellation cancellation, CancellationToken cancellationToken) =>
        _cancel.RunAsync(cancellation, cancellationToken);

    public Task<ClaimReply> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken) =>
        _claim.RunAsync(request, cancellationToken);

    public Task<IReadOnlyList<string>> AttendAsync(AttendRequest request, CancellationToken cancellationToken) =>
        _attend.RunAsync(request, cancellationToken);

    public Task<AppendStatus> ChunkAsync(LogAppend append, CancellationToken cancellationToken) =>
        _append.ChunkAsync(append, cancellationToken);

    public Task<AppendStatus> CompleteAsync(LogAppend append, CancellationToken cancellationToken) =>
        _append.CompleteAsync(append, cancellationToken);

    public Task<bool> AmendAsync(RunAmendment amendment, CancellationToken cancellationToken) => _amend.RunAsync(amendment, cancellationToken);

    public Task<RunStanding?> ReadRunAsync(string runId, CancellationToken cancellationToken) => _readRun.RunAsync(runId, cancellationToken);

    public Task<bool> IsCancelledAsync(string runId, CancellationToken cancellationToken) => _cancelled.RunAsync(runId, cancellationToken);

    public Task<IReadOnlyList<RunCount>> ListRunsAsync(CancellationToken cancellationToken) => _listRuns.RunAsync(cancellationToken);

    public Task<AppendStatus> JudgeAsync(LogAppend append, CancellationToken cancellationToken) => _append.JudgeAsync(append, cancellationToken);

    public Task TrimLogAsync(string runId, long upTo, CancellationToken cancellationToken) => _trimLog.RunAsync(runId, upTo, cancellationToken);

    public Task<IReadOnlyList<ReadOnlyMemory<byte>>?> ReadLogAsync(string runId, long from, int limit, CancellationToken cancellationToken) =>
        _readLog.RunAsync(runId, from, limit, cancellationToken);

    public Task AcknowledgeAsync(IReadOnlyList<string> runIds, CancellationToken cancellationToken) => _acknowledge.RunAsync(runIds, cancellationToken);

    public Task<IReadOnlyList<ReadOnlyMemory<byte>>> TakeInboxAsync(string agentId, int limit, CancellationToken cancellationToken) =>
        _takeInbox.RunAsync(agentId, limit, cancellationToken);

    public Task<IAsyncDisposable> ListenAsync(Doorbell doorbell, Action<ReadOnlyMemory<byte>> handler, CancellationToken cancellationToken) =>
        _listen.RunAsync(doorbell, handler, cancellationToken);

    public Task<IReadOnlyList<BlobId>> FindMissingBlobsAsync(IReadOnlyList<BlobId> blobs, CancellationToken cancellationToken) =>
        _findBlobs.RunAsync(blobs, cancellationToken);

    public Task<int> PutBlobAsync(BlobPiece piece, CancellationToken cancellationToken) => _putBlob.RunAsync(piece, cancellationToken);

    public Task<ReadOnlyMemory<byte>?> ReadBlobAsync(BlobId blob, int index, CancellationToken cancellationToken) =>
        _readBlob.RunAsync(blob, index, cancellationToken);

    public Task ForgetBlobAsync(BlobId blob, CancellationToken cancellationToken) => _forgetBlob.RunAsync(blob, cancellationToken);

    public ValueTask DisposeAsync() => connections.DisposeAsync();
}
