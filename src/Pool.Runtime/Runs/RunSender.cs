using System.Security.Cryptography;
using Eformer.Pool.Envelopes;
using Eformer.Pool.Functions;
using Eformer.Pool.Payloads;
using Eformer.Pool.Pools;
using Eformer.Pool.Runs.Collecting;
using Eformer.Pool.Runs.Driving;
using Eformer.Pool.RuntimeEnvironments;
using Eformer.Pool.Store;

namespace Eformer.Pool.Runs;

/// <summary>Starts runs on a pool, or attaches to those that were started before.</summary>
/// <param name="session">The pool's session.</param>
/// <param name="mailbox">Hears of results.</param>
/// <param name="whole">Waits until some slots of the pool are whole, and gives its slices.</param>
internal sealed class RunSender(
    PoolSession session, DriverMailbox mailbox, Func<RunRequest, CancellationToken, Task<IReadOnlyList<HeldSlice>>> whole)
{
    // Numbers of commands must not be used twice in a run, and nobody tells how far an earlier driver had come.
    private const int FirstLaterDispatch = 1_000_000;

    private readonly FunctionShipper _functions = new(session.Clock);

    /// <summary>Sends a request to a pool.</summary>
    public async Task<RunCollector> SendAsync(RunRequest request, CancellationToken cancellationToken)
    {
        RunRequestCheck.Check(request);
        IReadOnlyList<HeldSlice> pool = await whole(request, cancellationToken);
        string runId = request.RunId ?? PoolSession.NewId();
        RunTarget[] targets = Targets(request, pool, runId);
        EnvironmentManifest? setup = await SetupAsync(request, cancellationToken);
        RunSpec spec = RunSpec.From(request, runId, [.. targets.Select(target => target.Key)], setup);
        if (request.RunId is not null && await session.Store.ReadRunAsync(runId, cancellationToken) is { } standing)
        {
            return await AttachAsync(spec, targets, standing, cancellationToken);
        }

        if (await StartAsync(spec, targets, pool, cancellationToken) is { } started)
        {
            return started;
        }

        // Somebody else was quicker by a moment: theirs is the run that was asked for, or another one.
        standing = await session.Store.ReadRunAsync(runId, cancellationToken)
            ?? throw InUse(runId, "somebody else has started it at the same moment, and received it already");
        return await AttachAsync(spec, Targets(request, pool, runId), standing, cancellationToken);
    }

    private static RunTarget[] Targets(RunRequest request, IReadOnlyList<HeldSlice> pool, string runId) =>
    [
        .. RunSelection.Slices(request, pool).SelectMany(slice =>
            RunSelection.HostIds(request, slice).Select(id => new RunTarget(RunTarget.PlaceOf(slice, id), slice, runId))),
    ];

    private Task<EnvironmentManifest?> SetupAsync(RunRequest request, CancellationToken cancellationToken) => request.Call?.Assembly is { } assembly
        ? _functions.SendAsync(session.Store, assembly, cancellationToken)
        : EnvironmentShipper.Shared.SendAsync(session.Store, request.RuntimeEnvironment, cancellationToken);

    // Null when there is another run of this id.
    private async Task<RunCollector?> StartAsync(RunSpec spec, RunTarget[] targets, IReadOnlyList<HeldSlice> pool, CancellationToken cancellationToken)
    {
        DateTimeOffset queued = session.Clock.GetUtcNow();
        RunDispatcher dispatcher = new(session, spec, queued, 0);
        RunCollector run = Collector(spec, new CollectedRun(session, spec.RunId, targets), targets, queued, dispatcher);
        long now = session.Clock.GetTimestamp();
        foreach (RunTarget target in targets.Take(spec.Request.ThrottleLimit ?? targets.Length))
        {
            target.Send(1, now);
        }

        mailbox.Add(run);
        try
        {
            if (!await dispatcher.SubmitAsync(targets, pool, cancellationToken))
            {
                mailbox.Remove(run);
                return null;
            }
        }
        catch
        {
            // Whether it was stored is unknown: it must not run with nobody listening.
            await run.CancelUnsentAsync();
            throw;
        }

        run.Start();
        return run;
    }

    // Hosts whose outcome is stored give that; those that still run under our lease are waited for; the others run, as a later attempt.
    private async Task<RunCollector> AttachAsync(RunSpec spec, RunTarget[] targets, RunStanding standing, CancellationToken cancellationToken)
    {
        RunManifest manifest = RunManifestReader.Read(standing, session.CommandVerifier, session.Store.Fleet, spec.RunId);
        Dictionary<string, RunPlace> places = manifest.Places.ToDictionary(place => RunHost.Key(place.Slot, place.HostId), StringComparer.Ordinal);
        string[] differences = [.. Differences(spec, manifest, otherHosts: !targets.Select(target => target.Key).ToHashSet().SetEquals(places.Keys))];
        if (differences.Length > 0)
        {
            throw InUse(spec.RunId, $"this one has {string.Join(", ", differences)}", $"The same id means the same {PayloadParts.All}. ");
        }

        HashSet<string> ended = [.. standing.Ended.Select(end => end.Host)];
        FleetSnapshot fleet = await session.Store.ReadFleetAsync(cancellationToken);
        // An end is an outcome, whatever the budgets of this request, unless its driver may still have another attempt follow.
        bool mayRetry = manifest.Retries && RunStateRules.IsDriven(manifest.DriverId, fleet);
        RunTarget[] open = [.. targets.Where(target => !ended.Contains(target.Key) || (mayRetry && !places[target.Key].Settled))];
        foreach (RunTarget target in targets)
        {
            Place(target, places[target.Key], standing, fleet, isOpen: open.Contains(target), hasEnded: ended.Contains(target.Key));
        }

        DateTimeOffset queued = DateTimeOffset.FromUnixTimeMilliseconds(manifest.QueuedMs);
        spec = spec with { Nonce = manifest.Nonce ?? spec.Nonce, Request = manifest.Budget?.Give(spec.Request) ?? spec.Request };
        RunDispatcher dispatcher = new(session, spec, queued, RandomNumberGenerator.GetInt32(FirstLaterDispatch, int.MaxValue / 2));
        CollectedRun attached = new(session, spec.RunId, targets);
        attached.Attach(standing.Ended);
        RunCollector run = Collector(spec, attached, open, queued, dispatcher);
        mailbox.Add(run);
        run.Start();
        return run;
    }

    private static IEnumerable<string> Differences(RunSpec spec, RunManifest manifest, bool otherHosts)
    {
        if (manifest.PayloadSha256 != spec.PayloadSha256)
        {
            string[] known = spec.PartHashes is { } ours && manifest.Parts is { } stored ? [.. PayloadParts.Differences(ours, stored)] : [];
            foreach (string part in known.Length > 0 ? known : ["another script, or something else that is not the same"])
            {
                yield return part;
            }
        }

        if (otherHosts)
        {
            yield return "other hosts";
        }
    }

    private void Place(RunTarget target, RunPlace last, RunStanding standing, FleetSnapshot fleet, bool isOpen, bool hasEnded)
    {
        target.TakeOver(last);
        int attempt = Math.Max(last.Attempt, standing.Claims.GetValueOrDefault(target.Key));
        bool isOurs = last.Lease == target.Place.Lease && last.Incarnation == target.Place.Incarnation;
        if (isOpen && !isOurs && fleet.Leases.FirstOrDefault(lease => lease.LeaseId == last.Lease.LeaseId) is { RemainingMs: > 0 } lease)
        {
            throw InUse(target.Address.RunId, $"it runs in pool '{lease.Grant.Pool}'", "Receive-SlicePoolRun follows it to its end. ");
        }

        target.Resume(attempt, session.Clock.GetTimestamp(), mustRun: !hasEnded && !(isOurs && attempt > 0));
        if (!isOpen)
        {
            target.Settle();
        }
    }

    private RunCollector Collector(RunSpec spec, CollectedRun run, RunTarget[] open, DateTimeOffset queued, RunDispatcher dispatcher)
    {
        RunAttempts attempts = new(spec.Request, run.Targets, open);
        RunDriver driver = new(run, attempts, dispatcher, whole, spec.Retries);
        return new RunCollector(run, driver, new RunJudge(session, spec.RunId, session.OwnerId), queued, spec.IsKept, mailbox.Remove);
    }

    private static SlicePoolException InUse(string runId, string why, string rule = "") => new(
        "RunIdInUse",
        PoolErrorCategory.ResourceExists,
        $"There is a run '{runId}' already, and {why}.",
        $"{rule}Choose another -RunId, or remove that run with Remove-SlicePoolRun.",
        runId);
}
