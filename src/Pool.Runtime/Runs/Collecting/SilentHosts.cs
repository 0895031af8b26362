using Eformer.Pool.Pools;
using Eformer.Pool.Runs.Losses;
using Eformer.Pool.Store;

namespace Eformer.Pool.Runs.Collecting;

/// <summary>
/// Finds hosts that will never be heard: those that never took their command, and those that ended but are not believed.
/// Both happen when keys or clocks differ.
/// </summary>
/// <remarks>
/// A host that refuses a command does not answer, because it cannot know who asked. So the driver takes the attempt itself:
/// when the store grants it, nobody else has started it or can start it later, which proves that it never started.
/// </remarks>
internal sealed class SilentHosts(PoolSession session, string runId)
{
    // Ten times what a host needs when the doorbell was lost and it finds the command in its inbox.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);
    private static readonly AttemptEnd s_neverStarted = LossRules.Lost(
        RunOutcome.NeverStarted,
        "the host did not take the command; its agent's log says why, for example that keys or clocks differ");

    private static readonly AttemptEnd s_notBelieved = LossRules.Lost(
        RunOutcome.Unknown,
        "the host ended, but nothing that says how is signed with this fleet's keys");

    private int _refused;

    /// <summary>
    /// The ends of silent hosts. Looks once for each attempt, because what was claimed by then is somebody's, and again when entries
    /// were refused.
    /// </summary>
    /// <param name="targets">The hosts of the run.</param>
    /// <param name="refused">How many entries of the log were refused so far.</param>
    /// <param name="cancellationToken">Stops the look with an exception.</param>
    public async Task<IReadOnlyList<(RunTarget Target, AttemptEnd End)>> LookAsync(
        RunTarget[] targets, int refused, CancellationToken cancellationToken)
    {
        RunTarget[] silent = [.. targets.Where(target => IsSilent(target, refused))];
        List<(RunTarget, AttemptEnd)> ends = [];
        foreach (IGrouping<int, RunTarget> attempt in silent.GroupBy(target => target.Attempt))
        {
            ends.AddRange(await TakeAsync([.. attempt], attempt.Key, cancellationToken));
        }

        _refused = silent.Length > 0 && silent.All(target => target.LookedFor) ? refused : _refused;
        return ends;
    }

    private bool IsSilent(RunTarget target, int refused) =>
        target.IsActive && (refused > _refused || (!target.LookedFor && !target.Heard)) && session.Clock.GetElapsedTime(target.SentAt) >= s_patience;

    private async Task<IEnumerable<(RunTarget Target, AttemptEnd End)>> TakeAsync(RunTarget[] silent, int attempt, CancellationToken cancellationToken)
    {
        try
        {
            ClaimReply reply = await session.Store.ClaimAsync(ClaimOf(silent, attempt), cancellationToken);
            Array.ForEach(silent, target => target.LookedFor = true);
            HashSet<string> granted = [.. reply.Granted], ended = [.. reply.Ended];
            return
            [
                .. silent.Where(target => granted.Contains(target.Key)).Select(target => (target, s_neverStarted)),
                .. silent.Where(target => ended.Contains(target.Key)).Select(target => (target, s_notBelieved)),
            ];
        }
        catch (SlicePoolException exception) when (exception.ErrorId == "StoreUnreachable")
        {
            // Asked again at the next look.
            return [];
        }
    }

    private ClaimRequest ClaimOf(RunTarget[] silent, int attempt) => new(
        runId, "driver." + session.OwnerId, session.OwnerId, attempt, [.. silent.Select(target => target.Key)], WithPayload: false);
}
