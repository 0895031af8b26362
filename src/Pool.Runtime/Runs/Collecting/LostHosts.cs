using Eformer.Pool.Runs.Losses;
using Eformer.Pool.Store;

namespace Eformer.Pool.Runs.Collecting;

/// <summary>Finds hosts of a run that will never be heard again.</summary>
internal sealed class LostHosts(CollectedRun run, RunLog log)
{
    private readonly SilentHosts _silent = new(run.Session, run.RunId);

    /// <summary>The ends of such hosts; some may be named twice.</summary>
    /// <param name="fleet">The fleet; null when the store is away.</param>
    public async Task<IReadOnlyList<(RunTarget Target, AttemptEnd End)>> FindAsync(FleetSnapshot? fleet)
    {
        Dictionary<string, HostRecord>? hosts = fleet?.Hosts.ToDictionary(host => host.Registration.Host, StringComparer.Ordinal);
        return
        [
            .. Ends(target => EndOf(target, hosts, fleet?.RecoveringMs > 0)),
            .. await _silent.LookAsync(run.Targets, log.Refused, run.Abandoned),
            .. Ends(_ => run.Stop.IsOverdue ? LossRules.Lost(RunOutcome.Unknown, "the host did not confirm the stop in time") : null),
        ];
    }

    private IEnumerable<(RunTarget Target, AttemptEnd End)> Ends(Func<RunTarget, AttemptEnd?> judge) =>
        run.Targets.Where(target => target is { IsActive: true, Known: null }).Select(target => (target, judge(target))).Where(pair => pair.Item2 is not null)!;

    private AttemptEnd? EndOf(RunTarget target, Dictionary<string, HostRecord>? hosts, bool isRecovering) =>
        (hosts is null ? null : LossRules.Judge(target, hosts.GetValueOrDefault(target.Place.Host), isRecovering))
        ?? (target.Slice?.IsLost == true ? LossRules.Lost(RunOutcome.LeaseLost, "the pool's lease was lost") : null)
        ?? (log.IsGone ? LossRules.Lost(RunOutcome.Unknown, "the store has lost the run") : null);
}
