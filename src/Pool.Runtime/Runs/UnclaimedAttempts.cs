using Eformer.Pool.Pools;
using Eformer.Pool.Store;

namespace Eformer.Pool.Runs;

/// <summary>Finds hosts that never took their command, which happens when they do not trust it: other keys, another clock.</summary>
/// <remarks>
/// A host that refuses a command does not answer, because it cannot know who asked. So the driver takes the attempt itself:
/// when the store grants it, nobody else has started it or can start it later, which proves that it never started.
/// </remarks>
internal sealed class UnclaimedAttempts(PoolSession session, string runId)
{
    private const int Attempt = 1;

    // Ten times what a host needs when the doorbell was lost and it finds the command in its inbox.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);
    private static readonly AttemptEnd s_end = LossRules.Lost(
        RunOutcome.NeverStarted,
        "the host did not take the command; its agent's log says why, for example that keys or clocks differ");

    private readonly long _since = session.Clock.GetTimestamp();
    private bool _looked;

    /// <summary>The ends of hosts that provably never started. What was claimed by then is somebody's, who will end it.</summary>
    public async Task<IReadOnlyList<(RunTarget Target, AttemptEnd End)>> LookAsync(RunTarget[] targets, CancellationToken cancellationToken)
    {
        RunTarget[] silent = [.. targets.Where(target => !target.Heard && !target.Ended)];
        if (_looked || silent.Length == 0 || session.Clock.GetElapsedTime(_since) < s_patience)
        {
            return [];
        }

        try
        {
            ClaimReply reply = await session.Store.ClaimAsync(ClaimOf(silent), cancellationToken);
            _looked = true;
            return [.. silent.Where(target => reply.Granted.Contains(target.Key)).Select(target => (target, s_end))];
        }
        catch (SlicePoolException exception) when (exception.ErrorId == "StoreUnreachable")
        {
            // Asked again at the next look.
            return [];
        }
    }

    private ClaimRequest ClaimOf(RunTarget[] silent) => new(
        runId, "driver." + session.OwnerId, session.OwnerId, Attempt, [.. silent.Select(target => target.Key)], WithPayload: false);
}
