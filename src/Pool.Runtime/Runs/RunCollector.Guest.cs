using Eformer.Pool.Envelopes;
using Eformer.Pool.Store;

namespace Eformer.Pool.Runs;

/// <content>Looking on while somebody else drives the run.</content>
internal sealed partial class RunCollector
{
    /// <summary>Whether it only looks on: letting go of it changes nothing for the run.</summary>
    private bool IsGuest => _dispatcher is null;

    // The driver may have sent attempts elsewhere, or said that there will be no others; or it is gone, and what there is is final.
    private async Task LookAfterDriverAsync(FleetSnapshot? fleet)
    {
        if (_log.IsGone)
        {
            FinishHeld();
        }

        if (!Retries || fleet is null || await TryReadRunAsync() is not { } standing)
        {
            return;
        }

        RunManifest manifest = RunManifestReader.Read(standing, _session.CommandVerifier, _session.Store.Fleet, RunId);
        bool isDriven = RunStateRules.IsDriven(manifest.DriverId, fleet);
        // What was judged last is in the log before the manifest says that it was the last.
        await DrainAsync(readLog: true);
        foreach (RunPlace place in manifest.Places)
        {
            if (_byKey.TryGetValue(RunHost.Key(place.Slot, place.HostId), out RunTarget? target) && !target.Ended)
            {
                FollowPlace(target, place, isDriven);
            }
        }
    }

    private void FollowPlace(RunTarget target, RunPlace place, bool isDriven)
    {
        if (place.Attempt > target.Attempt)
        {
            target.Move(place, null);
            target.Send(place.Attempt, _session.Clock.GetTimestamp());
            _expected.Remove(target.Key);
            // Its end may have been read before this told of the attempt.
            target.AttemptOver = _unsettled.TryGetValue(target, out AttemptEnd? held) && held.Attempt >= place.Attempt;
            if (!target.AttemptOver)
            {
                _unsettled.Remove(target);
            }
        }

        if ((place.Settled || !isDriven) && _unsettled.Remove(target, out AttemptEnd? end))
        {
            Finish([(target, end)]);
        }
    }

    // Nobody will say any more whether they are the last: the run was received, or removed.
    private void FinishHeld()
    {
        Finish(_unsettled.Select(pair => (pair.Key, pair.Value with { Evidence = $"{pair.Value.Evidence}; the run was removed, so no later attempt is known" })));
        _unsettled.Clear();
    }

    private async Task<RunStanding?> TryReadRunAsync()
    {
        try
        {
            return await _session.Store.ReadRunAsync(RunId, _abandon.Token);
        }
        catch (SlicePoolException exception) when (exception.ErrorId == "StoreUnreachable")
        {
            return null;
        }
    }
}
