namespace Eformer.Pool.Store;

/// <summary>The named atomic operations a fleet's coordination needs, and nothing like a generic "execute".</summary>
/// <remarks>
/// Each operation is one script on the server. A server that was restarted, or a replica that took over, is noticed by the
/// implementation when it reconnects: the data gets a new generation, and no host counts as alive before it is heard again. Every mutating one is idempotent by an id of its own
/// (incarnation, lease id, run id, sequence), because a call that timed out may still be executed later.
/// Implementations are thread-safe. All throw <see cref="SlicePoolException"/> with the ids <c>StoreUnreachable</c>
/// (nobody answers; the result is unknown), <c>StoreAuthentication</c>, <c>StoreUnfit</c> (not a Redis server, or one that
/// lacks what we need or refuses it) and <c>StoreDamaged</c> (a key of the wrong type, or a value that is not ours). Names
/// outside their grammar are <c>InvalidName</c>; ids and numbers outside theirs are argument exceptions.
/// </remarks>
public interface IPoolStore : IAsyncDisposable
{
    /// <summary>Where the store is, as host and port, without any secret.</summary>
    string Endpoint { get; }

    /// <summary>The fleet whose keys this instance works on.</summary>
    string Fleet { get; }

    /// <summary>Makes sure that a fit server answers, and tells what it is, for example <c>redis 7.0.15</c>.</summary>
    Task<string> CheckAsync(CancellationToken cancellationToken);

    /// <summary>Adds or replaces an agent and its hosts.</summary>
    Task<RegisterReply> RegisterAsync(AgentRegistration registration, CancellationToken cancellationToken);

    /// <summary>Removes an agent and its hosts, unless a newer incarnation has taken its place.</summary>
    Task DeregisterAsync(string agentId, string incarnation, CancellationToken cancellationToken);

    /// <summary>Keeps an agent alive, publishes its hosts' fences, and tells what its hosts are leased for.</summary>
    Task<HeartbeatReply> HeartbeatAsync(AgentHeartbeat heartbeat, CancellationToken cancellationToken);

    /// <summary>Reads hosts, leases and pools at one moment.</summary>
    Task<FleetSnapshot> ReadFleetAsync(CancellationToken cancellationToken);

    /// <summary>Reads how some hosts stand at one moment, in any order; those that are not registered are not named.</summary>
    Task<IReadOnlyList<HostStatus>> ReadHostsAsync(IReadOnlyList<string> hosts, CancellationToken cancellationToken);

    /// <summary>Leases all hosts of one slice, or none.</summary>
    Task<AcquireReply> AcquireAsync(AcquireRequest request, CancellationToken cancellationToken);

    /// <summary>Extends a pool and its leases. Leases not named in the reply are lost.</summary>
    Task<RenewReply> RenewAsync(RenewRequest request, CancellationToken cancellationToken);

    /// <summary>Gives leases back; their hosts become <see cref="HostState.Reclaiming"/> until their agents attest.</summary>
    Task ReleaseAsync(ReleaseRequest request, CancellationToken cancellationToken);

    /// <summary>Puts a lease back that the store has lost, when all its hosts say that they hold it still.</summary>
    Task<ReassertReply> ReassertAsync(ReassertRequest request, CancellationToken cancellationToken);

    /// <summary>Renews a kept pool's lease for an agent. False when somebody else was quicker, or it is not the owner's any more.</summary>
    Task<bool> KeepAsync(KeepRequest request, CancellationToken cancellationToken);

    /// <summary>Takes a kept pool over whose driver is gone; of several who try, one does.</summary>
    Task<AdoptStatus> AdoptAsync(AdoptRequest request, CancellationToken cancellationToken);

    /// <summary>Keeps new placements off hosts, and with a deadline moves their holders off.</summary>
    Task SuspendAsync(SuspendRequest request, CancellationToken cancellationToken);

    /// <summary>Allows placements on hosts again. Returns how many of them were suspended.</summary>
    Task<int> ResumeAsync(IReadOnlyList<string> hosts, CancellationToken cancellationToken);

    /// <summary>Says what a pool asks for; replaces what it asked for before. Goes with the pool.</summary>
    Task PublishDemandAsync(DemandRecord demand, CancellationToken cancellationToken);

    /// <summary>Says that a pool asks no more.</summary>
    Task WithdrawDemandAsync(string pool, string ownerId, CancellationToken cancellationToken);

    /// <summary>Notes events. Not idempotent: one whose answer was lost may be there twice.</summary>
    Task NoteAsync(IReadOnlyList<PoolEvent> events, CancellationToken cancellationToken);

    /// <summary>Reads the newest events, oldest first.</summary>
    Task<IReadOnlyList<PoolEvent>> ReadEventsAsync(int limit, CancellationToken cancellationToken);

    /// <summary>Removes what has lapsed: leases, pools, agents long gone. Returns how many things it removed.</summary>
    Task<int> ReapAsync(CancellationToken cancellationToken);

    /// <summary>Stores a run, lists it, and announces it to the agents of its slices.</summary>
    /// <returns>False when there is another run of this id; nothing was announced then if the submission said that this may be.</returns>
    Task<bool> SubmitAsync(RunSubmission submission, CancellationToken cancellationToken);

    /// <summary>Announces more attempts of a run. Returns whether the run is there.</summary>
    Task<bool> AmendAsync(RunAmendment amendment, CancellationToken cancellationToken);

    /// <summary>Reads how a run stands. Null when it is not there.</summary>
    Task<RunStanding?> ReadRunAsync(string runId, CancellationToken cancellationToken);

    /// <summary>Whether somebody has told a run to stop; false when it is not there.</summary>
    Task<bool> IsCancelledAsync(string runId, CancellationToken cancellationToken);

    /// <summary>Reads the list of the fleet's runs, newest first; those that are gone leave it.</summary>
    Task<IReadOnlyList<RunCount>> ListRunsAsync(CancellationToken cancellationToken);

    /// <summary>Announces that a run is to stop; attempts not yet claimed never start.</summary>
    Task CancelAsync(RunCancellation cancellation, CancellationToken cancellationToken);

    /// <summary>Takes the attempts of some hosts of a run, so that each is started at most once.</summary>
    Task<ClaimReply> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// Says that attempts which were claimed are being carried out, so that their run is kept although nothing is written. Returns the
    /// hosts whose attempt nobody wants any more: the run is gone or was stopped, or the attempt was ended or taken by another.
    /// </summary>
    Task<IReadOnlyList<string>> AttendAsync(AttendRequest request, CancellationToken cancellationToken);

    /// <summary>Appends output of a run to its log.</summary>
    /// <remarks>
    /// Chunks and ends take the same connection in the order of the calls: the next may be sent before the last was answered.
    /// After a failed call send again from its sequence number on.
    /// </remarks>
    Task<AppendStatus> ChunkAsync(LogAppend append, CancellationToken cancellationToken);

    /// <summary>Appends the end of some attempts to the log of their run; the first end of a host is kept, others are dropped.</summary>
    Task<AppendStatus> CompleteAsync(LogAppend append, CancellationToken cancellationToken);

    /// <summary>
    /// Ends attempts that their hosts will never end, by the driver's judgement: all of them, or none (<see cref="AppendStatus.Fenced"/>)
    /// when one has ended after all. An end of an earlier attempt is none of these.
    /// </summary>
    Task<AppendStatus> JudgeAsync(LogAppend append, CancellationToken cancellationToken);

    /// <summary>Forgets the entries of a run's log before an index. For a run with one reader, who has read them.</summary>
    Task TrimLogAsync(string runId, long upTo, CancellationToken cancellationToken);

    /// <summary>Reads a run's log from an index on; at most <paramref name="limit"/> entries. Null when the run is not there.</summary>
    Task<IReadOnlyList<ReadOnlyMemory<byte>>?> ReadLogAsync(string runId, long from, int limit, CancellationToken cancellationToken);

    /// <summary>Says that nobody needs a run any more: its keys go, and it leaves the list.</summary>
    Task AcknowledgeAsync(string runId, CancellationToken cancellationToken) => AcknowledgeAsync([runId], cancellationToken);

    /// <summary>Says that nobody needs some runs any more.</summary>
    Task AcknowledgeAsync(IReadOnlyList<string> runIds, CancellationToken cancellationToken);

    /// <summary>Takes announcements from an agent's inbox, oldest first. One caller at a time for each agent.</summary>
    /// <remarks>
    /// They are removed by the next call, once this one's answer has arrived: none is lost, and after a lost answer or a
    /// restart the same may come again.
    /// </remarks>
    Task<IReadOnlyList<ReadOnlyMemory<byte>>> TakeInboxAsync(string agentId, int limit, CancellationToken cancellationToken);

    /// <summary>Listens to a doorbell. Messages may be lost while a connection is away: poll as well.</summary>
    /// <param name="doorbell">Which doorbell.</param>
    /// <param name="handler">
    /// Called in order, one at a time; must not block. An exception of it ends the subscription and comes out when that is disposed.
    /// </param>
    /// <param name="cancellationToken">Stops waiting for the subscription.</param>
    /// <returns>Ends the subscription when disposed.</returns>
    Task<IAsyncDisposable> ListenAsync(Doorbell doorbell, Action<ReadOnlyMemory<byte>> handler, CancellationToken cancellationToken);

    /// <summary>Tells which of some blobs the store does not have whole. Those it has live on for seven days from now, or nearly.</summary>
    Task<IReadOnlyList<BlobId>> FindMissingBlobsAsync(IReadOnlyList<BlobId> blobs, CancellationToken cancellationToken);

    /// <summary>Stores the next piece of a blob; one that is there already is passed over.</summary>
    /// <remarks>
    /// Pieces may be sent one after another without waiting for answers. Each continues what <see cref="BlobPiece.Before"/> says, so
    /// two who send different content under one name never make a whole of it: the second begins anew.
    /// </remarks>
    /// <returns>How many pieces from the first on are there. Not beyond the index of this one: begin anew from that number.</returns>
    Task<int> PutBlobAsync(BlobPiece piece, CancellationToken cancellationToken);

    /// <summary>Reads a piece of a blob; null when the store does not have the blob whole.</summary>
    Task<ReadOnlyMemory<byte>?> ReadBlobAsync(BlobId blob, int index, CancellationToken cancellationToken);

    /// <summary>Removes a blob whose content turned out to be wrong, so that somebody stores it again.</summary>
    Task ForgetBlobAsync(BlobId blob, CancellationToken cancellationToken);
}
