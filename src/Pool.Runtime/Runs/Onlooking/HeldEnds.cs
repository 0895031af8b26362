using Eformer.Pool.Envelopes;

namespace Eformer.Pool.Runs.Onlooking;

/// <summary>Ends that who looks on is not told yet, because the run's driver may have another attempt follow. Pure.</summary>
/// <param name="retries">Whether the driver may have any made.</param>
/// <param name="together">Whether hosts that have succeeded are in them, too.</param>
internal sealed class HeldEnds(bool retries, bool together)
{
    private readonly Dictionary<RunTarget, AttemptEnd> _held = [];

    /// <summary>Takes the end of an attempt.</summary>
    /// <returns>Whether it is held back; else it is final.</returns>
    public bool Take(RunTarget target, AttemptEnd end)
    {
        if (!retries || target.Place.Settled || (!together && RetryRules.KindOf(end) == RetryKind.None))
        {
            return false;
        }

        target.AttemptOver = true;
        _held[target] = end;
        return true;
    }

    /// <summary>Takes up what the driver says of a host.</summary>
    /// <param name="target">The host.</param>
    /// <param name="place">Where it is by the manifest.</param>
    /// <param name="isDriven">Whether the driver is still there to have another attempt made.</param>
    /// <param name="now">The time, by this session's clock.</param>
    /// <returns>The end that is final now; null when there is none.</returns>
    public AttemptEnd? Follow(RunTarget target, RunPlace place, bool isDriven, long now)
    {
        if (place.Attempt > target.Attempt)
        {
            Move(target, place, now);
        }

        return (place.Settled || !isDriven) && _held.Remove(target, out AttemptEnd? end) ? end : null;
    }

    /// <summary>Takes them all: the run was received, or removed, and nobody will say any more whether they are the last.</summary>
    public IReadOnlyList<(RunTarget Target, AttemptEnd End)> TakeRemoved()
    {
        (RunTarget, AttemptEnd)[] ends =
        [
            .. _held.Select(pair => (pair.Key, pair.Value with { Evidence = $"{pair.Value.Evidence}; the run was removed, so no later attempt is known" })),
        ];
        _held.Clear();
        return ends;
    }

    private void Move(RunTarget target, RunPlace place, long now)
    {
        target.Move(place, null);
        target.Send(place.Attempt, now);
        // Its end may have been read before this told of the attempt.
        target.AttemptOver = _held.TryGetValue(target, out AttemptEnd? held) && held.Attempt >= place.Attempt;
        if (!target.AttemptOver)
        {
            _held.Remove(target);
        }
    }
}
