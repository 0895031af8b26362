using Eformer.Pool.Envelopes;
using Eformer.Pool.Pools;
using Eformer.Pool.Runs;
using Eformer.Pool.Runs.Collecting;
using Eformer.Pool.Runs.Onlooking;
using Eformer.Pool.Store;

namespace Eformer.Pool;

/// <summary>The runs of a fleet, for whoever has its keys, whether or not he started them. Thread-safe.</summary>
public sealed class RunDirectory : IAsyncDisposable
{
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(500);
    private readonly PoolSession _session;
    private readonly bool _isOurs;

    private RunDirectory(PoolSession session, bool isOurs)
    {
        _session = session;
        _isOurs = isOurs;
    }

    /// <summary>Opens the runs of a fleet.</summary>
    /// <param name="store">The store and the fleet.</param>
    /// <param name="keyFile">File with the fleet's keys; null for the usual place.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="SlicePoolException"><c>KeysNotFound</c>, <c>KeysExposed</c>, <c>KeysInvalid</c>, and the store's errors.</exception>
    public static async Task<RunDirectory> OpenAsync(StoreOptions store, string? keyFile, CancellationToken cancellationToken = default) =>
        new(await PoolSession.OpenAsync(new SlicePoolOptions { Store = store, KeyFile = keyFile }, cancellationToken), isOurs: true);

    /// <summary>The runs of a pool's fleet, over the pool's own connection; of no more use when the pool is removed.</summary>
    internal static RunDirectory Of(PoolSession session) => new(session, isOurs: false);

    /// <summary>The fleet.</summary>
    public string Fleet => _session.Store.Fleet;

    /// <summary>Whether these options mean this fleet of this store. No when they say it in other words.</summary>
    internal bool IsAt(StoreOptions store) => _session.IsAt(store);

    /// <summary>All runs, newest first. Quick: their logs are not opened.</summary>
    public async Task<IReadOnlyList<RunInfo>> ListAsync(CancellationToken cancellationToken = default)
    {
        await _session.Receipts.SendAsync();
        IReadOnlyList<RunCount> runs = await _session.Store.ListRunsAsync(cancellationToken);
        if (runs.Count == 0)
        {
            return [];
        }

        FleetSnapshot fleet = await _session.Store.ReadFleetAsync(cancellationToken);
        return [.. runs.Select(run => Describe(run, fleet))];
    }

    /// <summary>One run; null when it is not there.</summary>
    /// <exception cref="SlicePoolException"><c>RunUnreadable</c>, and the store's errors.</exception>
    public async Task<RunInfo?> GetAsync(string runId, CancellationToken cancellationToken = default)
    {
        if (await _session.Store.ReadRunAsync(Checked(runId), cancellationToken) is not { } standing)
        {
            return null;
        }

        RunManifest manifest = RunManifestReader.Read(standing, _session.CommandVerifier, Fleet, runId);
        return Describe(Count(manifest, standing), await _session.Store.ReadFleetAsync(cancellationToken));
    }

    /// <summary>Waits until a run has ended on every host, or can never.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="limit">How long to wait; null for ever.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The run as it stands then.</returns>
    /// <exception cref="SlicePoolException"><c>RunNotFound</c>; <c>RunTimeout</c>: it has not ended in time; the store's errors.</exception>
    public async Task<RunInfo> WaitAsync(string runId, TimeSpan? limit, CancellationToken cancellationToken = default)
    {
        long start = _session.Clock.GetTimestamp();
        while (true)
        {
            RunInfo run = await GetAsync(runId, cancellationToken) ?? throw NotFound(runId);
            if (run.State is RunState.Completed or RunState.Interrupted)
            {
                return run;
            }

            if (limit is not null && _session.Clock.GetElapsedTime(start) >= limit)
            {
                throw StillRunning(run, limit.Value);
            }

            await Task.Delay(s_poll, _session.Clock, cancellationToken);
        }
    }

    /// <summary>
    /// Looks on at a run, from its first record. Letting go of the handle changes nothing for the run; hosts that can never end get
    /// their end from what the fleet tells, and everybody reads the same.
    /// </summary>
    /// <exception cref="SlicePoolException"><c>RunNotFound</c>, <c>RunUnreadable</c>, and the store's errors.</exception>
    public async Task<RunHandle> AttachAsync(string runId, CancellationToken cancellationToken = default)
    {
        (RunManifest manifest, RunStanding standing) = await ReadAsync(runId, cancellationToken);
        // Ends by itself once the run is let go of; what could go wrong then matters to nobody.
        DriverMailbox mailbox = await DriverMailbox.OpenAsync(_session, manifest.DriverId, cancellationToken);
        CollectedRun attached = new(_session, runId, Targets(manifest));
        attached.Attach(standing.Ended);
        RunCollector run = new(
            attached,
            new RunOnlooker(attached, manifest),
            new RunJudge(_session, runId, manifest.DriverId),
            DateTimeOffset.FromUnixTimeMilliseconds(manifest.QueuedMs),
            isKept: true,
            released => mailbox.DisposeAsync().AsTask());
        mailbox.Add(run);
        run.Start();
        return run;
    }

    /// <summary>Tells a run's hosts to stop. Does not wait until they have.</summary>
    /// <exception cref="SlicePoolException"><c>RunNotFound</c>, <c>RunUnreadable</c>, and the store's errors.</exception>
    public async Task StopAsync(string runId, CancellationToken cancellationToken = default)
    {
        (RunManifest manifest, _) = await ReadAsync(runId, cancellationToken);
        await new RunCanceller(_session, runId, Targets(manifest)).CancelAsync(cancellationToken);
    }

    /// <summary>Removes a run and its results. One that is not there is no error.</summary>
    public Task RemoveAsync(string runId, CancellationToken cancellationToken = default) =>
        _session.Store.AcknowledgeAsync(Checked(runId), cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _isOurs ? _session.DisposeAsync() : ValueTask.CompletedTask;

    private async Task<(RunManifest Manifest, RunStanding Standing)> ReadAsync(string runId, CancellationToken cancellationToken)
    {
        RunStanding standing = await _session.Store.ReadRunAsync(Checked(runId), cancellationToken) ?? throw NotFound(runId);
        return (RunManifestReader.Read(standing, _session.CommandVerifier, Fleet, runId), standing);
    }

    private RunTarget[] Targets(RunManifest manifest)
    {
        RunTarget[] targets = [.. manifest.Places.Select(place => new RunTarget(place, null, manifest.RunId))];
        foreach ((RunTarget target, RunPlace place) in targets.Zip(manifest.Places))
        {
            target.Resume(Math.Max(1, place.Attempt), _session.Clock.GetTimestamp(), mustRun: false);
            if (place.Settled)
            {
                target.Settle();
            }
        }

        return targets;
    }

    private static RunCount Count(RunManifest manifest, RunStanding standing)
    {
        string[] leases = [.. manifest.Places.Select(place => place.Lease.LeaseId).Distinct(StringComparer.Ordinal)];
        RunListing listing = new(
            manifest.RunId, manifest.Pool, manifest.Owner, manifest.DriverId, manifest.QueuedMs, manifest.Places.Count, manifest.Title, leases)
        {
            Settled = manifest.Retries ? manifest.Places.Count(place => place.Settled) : null,
        };
        return new RunCount(listing, standing.Cancelled, standing.Ended.Count, standing.Ended.Count(end => end.Outcome == RunOutcome.Succeeded));
    }

    private RunInfo Describe(RunCount run, FleetSnapshot fleet) => new()
    {
        RunId = run.Listing.RunId,
        Pool = run.Listing.Pool,
        Fleet = Fleet,
        State = RunStateRules.Judge(run, fleet),
        Hosts = run.Listing.Hosts,
        Ended = run.Ended,
        Succeeded = run.Succeeded,
        Queued = DateTimeOffset.FromUnixTimeMilliseconds(run.Listing.QueuedMs).LocalDateTime,
        Owner = run.Listing.Owner,
        Title = run.Listing.Title,
    };

    private static string Checked(string runId) => Topology.PoolName.Check(runId, "run");

    private static SlicePoolException StillRunning(RunInfo run, TimeSpan limit) => new(
        "RunTimeout",
        PoolErrorCategory.OperationTimeout,
        $"The run '{run.RunId}' has not ended {(limit.TotalSeconds < 0.5 ? "yet" : $"after {limit.TotalSeconds:0} s")}: {run.Ended} of {run.Hosts} host(s) have.",
        "Wait again, or stop it with Stop-SlicePoolRun.",
        run.RunId);

    private SlicePoolException NotFound(string runId) => new(
        "RunNotFound",
        PoolErrorCategory.ObjectNotFound,
        $"There is no run '{runId}' in fleet '{Fleet}'.",
        "Get-SlicePoolRun lists the runs there are; results are kept for a limited time.",
        runId);
}
