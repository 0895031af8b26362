using Eformer.Pool.Envelopes;
using Eformer.Pool.Pools;
using Eformer.Pool.Store;
using Eformer.Pool.Topology;

namespace Eformer.Pool.Runs.Driving;

/// <summary>Sends attempts of a run: one signed command for each slice, one message for each agent. One caller at a time.</summary>
internal sealed class RunDispatcher(PoolSession session, RunSpec spec, DateTimeOffset queued, int sent)
{
    // Riding in the doorbell saves the host a read; bigger ones would delay everybody else's messages.
    private const int LargestRider = 2 * 1024;

    private int _sent = sent;

    /// <summary>Stores the run with its first attempts.</summary>
    /// <param name="targets">All hosts of the run; those that an attempt was noted for are told.</param>
    /// <param name="pool">The slices of the pool.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>False when there is another run of this id.</returns>
    public Task<bool> SubmitAsync(IReadOnlyList<RunTarget> targets, IReadOnlyList<HeldSlice> pool, CancellationToken cancellationToken)
    {
        RunTarget[] told = [.. targets.Where(target => target.Attempt > 0)];
        RunSubmission submission = new(spec.RunId, spec.Payload, spec.TtlMs, Announce(told, pool))
        {
            Nonce = spec.Nonce,
            Manifest = Manifest(targets),
            Listing = Listing(targets),
            MayExist = spec.Request.RunId is not null,
        };
        return session.Store.SubmitAsync(submission, cancellationToken);
    }

    /// <summary>Sends more attempts, with whatever else is to be said.</summary>
    /// <param name="targets">All hosts of the run.</param>
    /// <param name="told">Those that are told; an attempt was noted for each.</param>
    /// <param name="pool">The slices of the pool.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>False when the store has the run no more.</returns>
    public Task<bool> SendAsync(
        IReadOnlyList<RunTarget> targets, IReadOnlyList<RunTarget> told, IReadOnlyList<HeldSlice> pool, CancellationToken cancellationToken) =>
        AmendAsync(targets, Announce(told, pool), cancellationToken);

    /// <summary>Says where the run is, and makes announcements.</summary>
    public Task<bool> AmendAsync(
        IReadOnlyList<RunTarget> targets, IReadOnlyList<Announcement> announcements, CancellationToken cancellationToken) =>
        session.Store.AmendAsync(
            new RunAmendment(spec.RunId, Manifest(targets), Listing(targets), spec.TtlMs, announcements), cancellationToken);

    private Announcement[] Announce(IReadOnlyList<RunTarget> told, IReadOnlyList<HeldSlice> pool) =>
        [.. told.GroupBy(target => (target.Slice, target.Attempt)).SelectMany(group => Announce(group.Key.Slice!, group.Key.Attempt, [.. group], pool))];

    private IEnumerable<Announcement> Announce(HeldSlice slice, int attempt, IReadOnlyList<RunTarget> told, IReadOnlyList<HeldSlice> pool)
    {
        byte[] signed = session.Signer.Sign(EnvelopeType.Run, WireJson.Write(CommandFor(slice, attempt, told, pool)));
        byte[] inbox = AgentMessage.Encode(AgentMessageKind.Run, signed, []);
        byte[] bell = spec.Payload.Length <= LargestRider ? AgentMessage.Encode(AgentMessageKind.Run, signed, spec.Payload) : inbox;
        return told.Select(target => target.Place.AgentId).Distinct(StringComparer.Ordinal)
            .Select(agent => new Announcement(agent, inbox, bell));
    }

    private RunCommand CommandFor(HeldSlice slice, int attempt, IReadOnlyList<RunTarget> told, IReadOnlyList<HeldSlice> pool)
    {
        long now = session.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        HostRegistration first = pool.MinBy(member => member.Slot)!.Hosts[0].Registration;
        return new RunCommand
        {
            Fleet = session.Store.Fleet,
            IssuedMs = now,
            ExpiresMs = now + (long)CommandLifetime.Longest.TotalMilliseconds,
            RunId = spec.RunId,
            Nonce = spec.Nonce,
            Attempt = attempt,
            Dispatch = ++_sent,
            WhenBusy = spec.Request.WhenBusy,
            DriverId = session.OwnerId,
            Lease = slice.Token,
            HostIds = told.Count == slice.Hosts.Count ? null : [.. told.Select(target => target.Place.HostId).Order()],
            SliceCount = pool.Count,
            SliceRank = pool.Count(member => member.Slot < slice.Slot),
            CoordinatorAddress = first.Address,
            CoordinatorPort = PoolEnvironment.CoordinatorPort(),
            Isolation = spec.Request.Isolation ?? DefaultIsolation(slice.Hosts[0].Registration),
            TimeoutMs = spec.Request.Timeout is { } timeout ? (long)timeout.TotalMilliseconds : 0,
            PayloadSha256 = spec.PayloadSha256,
        };
    }

    private Isolation DefaultIsolation(HostRegistration host) => (spec.Request.Call, host) switch
    {
        (not null, { Emulated: true }) => Isolation.InProcess,
        (_, { DeviceType.Length: > 0 }) => Isolation.Process,
        _ => Isolation.Session,
    };

    private byte[] Manifest(IReadOnlyList<RunTarget> targets) => session.Signer.Sign(EnvelopeType.Manifest, WireJson.Write(new RunManifest
    {
        Fleet = session.Store.Fleet,
        RunId = spec.RunId,
        Pool = session.Name,
        Owner = session.Owner,
        DriverId = session.OwnerId,
        QueuedMs = queued.ToUnixTimeMilliseconds(),
        TtlMs = spec.TtlMs,
        PayloadSha256 = spec.PayloadSha256,
        Nonce = spec.Nonce,
        Parts = spec.PartHashes,
        Title = spec.Title,
        Retries = spec.Retries,
        RetriesTogether = spec.RetriesTogether,
        Budget = RetryBudget.Of(spec.Request),
        Places = [.. targets.Select(target => target.Place)],
    }));

    private RunListing Listing(IReadOnlyList<RunTarget> targets) => new(
        spec.RunId,
        session.Name,
        session.Owner,
        session.OwnerId,
        queued.ToUnixTimeMilliseconds(),
        targets.Count,
        spec.Title,
        [.. targets.Select(target => target.Place.Lease.LeaseId).Distinct(StringComparer.Ordinal)])
    {
        Settled = spec.Retries ? targets.Count(target => target.Place.Settled) : null,
    };
}
