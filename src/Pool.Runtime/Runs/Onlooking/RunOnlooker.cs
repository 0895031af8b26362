using Eformer.Pool.Envelopes;
using Eformer.Pool.Runs.Collecting;
using Eformer.Pool.Store;

namespace Eformer.Pool.Runs.Onlooking;

/// <summary>Looks on while somebody else drives the run: letting go of it changes nothing for the run.</summary>
internal sealed class RunOnlooker(CollectedRun run, RunManifest manifest) : IRunRole
{
    private readonly HeldEnds _held = new(manifest.Retries, manifest.RetriesTogether);

    public bool IsDriver => false;

    public Task HearAsync(RunTarget target, int attempt) => Task.CompletedTask;

    public Task TakeEndAsync(RunTarget target, AttemptEnd end)
    {
        if (!_held.Take(target, end))
        {
            run.Final.Add(target, end);
        }

        return Task.CompletedTask;
    }

    public ValueTask<IReadOnlyList<(RunTarget Target, AttemptEnd End)>> AdvanceAsync() => new([]);

    // The driver may have sent attempts elsewhere, or said that there will be no others; or it is gone, and what there is is final.
    public async Task LookAsync(FleetSnapshot? fleet, RunReading reading)
    {
        if (reading.IsGone)
        {
            run.Final.Add(_held.TakeRemoved());
        }

        if (!manifest.Retries || fleet is null || await run.TryReadAsync() is not { } standing)
        {
            return;
        }

        RunManifest now = RunManifestReader.Read(standing, run.Session.CommandVerifier, run.Session.Store.Fleet, run.RunId);
        // What was judged last is in the log before the manifest says that it was the last.
        await reading.DrainAsync(readLog: true);
        Follow(now, RunStateRules.IsDriven(now.DriverId, fleet));
    }

    public Task SettleAsync(IReadOnlyList<(RunTarget Target, AttemptEnd End)> ends) => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Follow(RunManifest now, bool isDriven)
    {
        foreach (RunPlace place in now.Places)
        {
            if (run.Find(RunHost.Key(place.Slot, place.HostId)) is { Ended: false } target
                && _held.Follow(target, place, isDriven, run.Session.Clock.GetTimestamp()) is { } end)
            {
                run.Final.Add(target, end);
            }
        }
    }
}
