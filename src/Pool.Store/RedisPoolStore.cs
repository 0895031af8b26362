using Eformer.Pool.RedisStore.Connections;
using Eformer.Pool.RedisStore.Keys;
using Eformer.Pool.RedisStore.Operations;
using Eformer.Pool.RedisStore.Scripting;
using Eformer.Pool.Store;

namespace Eformer.Pool.RedisStore;

/// <summary>A store on Redis, Valkey or Garnet: one script an operation.</summary>
internal sealed class RedisPoolStore : IPoolStore
{
    private readonly StoreConnections _connections;
    private readonly CheckOperation _check;
    private readonly RegisterOperation _register;
    private readonly DeregisterOperation _deregister;
    private readonly HeartbeatOperation _heartbeat;
    private readonly ReadFleetOperation _readFleet;
    private readonly AcquireOperation _acquire;
    private readonly RenewOperation _renew;
    private readonly ReleaseOperation _release;
    private readonly ReapOperation _reap;
    private readonly SubmitOperation _submit;
    private readonly CancelOperation _cancel;
    private readonly ClaimOperation _claim;
    private readonly AppendOperation _append;
    private readonly ReadLogOperation _readLog;
    private readonly AcknowledgeOperation _acknowledge;
    private readonly TakeInboxOperation _takeInbox;
    private readonly ListenOperation _listen;

    public RedisPoolStore(StoreConnections connections, string fleet)
    {
        _connections = connections;
        Fleet = fleet;
        ScriptRunner runner = new(connections);
        FleetKeys keys = new(fleet);
        Announcer announcer = new(keys);
        _check = new(runner, keys);
        _register = new(runner, keys);
        _deregister = new(runner, keys);
        _heartbeat = new(runner, keys);
        _readFleet = new(runner, keys);
        _acquire = new(runner, keys);
        _renew = new(runner, keys);
        _release = new(runner, keys);
        _reap = new(runner, keys);
        _submit = new(runner, keys, announcer);
        _cancel = new(runner, keys, announcer);
        _claim = new(runner, keys);
        _append = new(runner, keys);
        _readLog = new(runner, keys);
        _acknowledge = new(runner, keys);
        _takeInbox = new(runner, keys);
        _listen = new(runner, keys);
    }

    public string Endpoint => _connections.Endpoint;

    public string Fleet { get; }

    public Task<string> CheckAsync(CancellationToken cancellationToken) => _check.RunAsync(cancellationToken);

    public Task<RegisterReply> RegisterAsync(AgentRegistration registration, CancellationToken cancellationToken) =>
        _register.RunAsync(registration, cancellationToken);

    public Task DeregisterAsync(string agentId, string incarnation, CancellationToken cancellationToken) =>
        _deregister.RunAsync(agentId, incarnation, cancellationToken);

    public Task<HeartbeatReply> HeartbeatAsync(AgentHeartbeat heartbeat, CancellationToken cancellationToken) =>
        _heartbeat.RunAsync(heartbeat, cancellationToken);

    public Task<FleetSnapshot> ReadFleetAsync(CancellationToken cancellationToken) => _readFleet.RunAsync(cancellationToken);

    public Task<AcquireReply> AcquireAsync(AcquireRequest request, CancellationToken cancellationToken) =>
        _acquire.RunAsync(request, cancellationToken);

    public Task<RenewReply> RenewAsync(RenewRequest request, CancellationToken cancellationToken) =>
        _renew.RunAsync(request, cancellationToken);

    public Task ReleaseAsync(ReleaseRequest request, CancellationToken cancellationToken) =>
        _release.RunAsync(request, cancellationToken);

    public Task<int> ReapAsync(CancellationToken cancellationToken) => _reap.RunAsync(cancellationToken);

    public Task SubmitAsync(RunSubmission submission, CancellationToken cancellationToken) =>
        _submit.RunAsync(submission, cancellationToken);

    public Task CancelAsync(RunCancellation cancellation, CancellationToken cancellationToken) =>
        _cancel.RunAsync(cancellation, cancellationToken);

    public Task<ClaimReply> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken) =>
        _claim.RunAsync(request, cancellationToken);

    public Task<AppendStatus> ChunkAsync(LogAppend append, CancellationToken cancellationToken) =>
        _append.ChunkAsync(append, cancellationToken);

    public Task<AppendStatus> CompleteAsync(LogAppend append, CancellationToken cancellationToken) =>
        _append.CompleteAsync(append, cancellationToken);

    public Task<IReadOnlyList<ReadOnlyMemory<byte>>?> ReadLogAsync(string runId, long from, int limit, CancellationToken cancellationToken) =>
        _readLog.RunAsync(runId, from, limit, cancellationToken);

    public Task AcknowledgeAsync(string runId, CancellationToken cancellationToken) => _acknowledge.RunAsync(runId, cancellationToken);

    public Task<IReadOnlyList<ReadOnlyMemory<byte>>> TakeInboxAsync(string agentId, int limit, CancellationToken cancellationToken) =>
        _takeInbox.RunAsync(agentId, limit, cancellationToken);

    public Task<IAsyncDisposable> ListenAsync(Doorbell doorbell, Action<ReadOnlyMemory<byte>> handler, CancellationToken cancellationToken) =>
        _listen.RunAsync(doorbell, handler, cancellationToken);

    public ValueTask DisposeAsync() => _connections.DisposeAsync();
}
