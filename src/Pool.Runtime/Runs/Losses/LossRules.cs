using Eformer.Pool.Store;

namespace Eformer.Pool.Runs.Losses;

/// <summary>Decides from a fleet's state whether a host that has not answered yet can still answer. Pure.</summary>
internal static class LossRules
{
    // The first one that says lost decides.
    private static readonly ILossRule[] s_rules =
    [
        new HostGoneRule(), new HostSilentRule(), new AgentRestartedRule(), new LeaseMovedRule(), new LeaseRefusedRule(), new LeaseEndedRule(),
    ];

    /// <summary>The end of a host that is lost; null while it can still answer.</summary>
    public static AttemptEnd? Judge(RunTarget target, FleetSnapshot fleet)
    {
        HostRecord? now = fleet.Hosts.FirstOrDefault(host => host.Registration.Host == target.Place.Host);
        PreemptionAnnouncedRule.Note(target, now);
        if (now is null or { Alive: false } && fleet.RecoveringMs > 0)
        {
            // A store that has just come back has not heard everybody yet.
            return null;
        }

        AttemptEnd? loss = s_rules.Select(rule => rule.Judge(target, now)).FirstOrDefault(found => found is not null);
        return loss is null ? null : PreemptionAnnouncedRule.Apply(target, loss);
    }

    /// <summary>An end that nobody but the driver tells.</summary>
    internal static AttemptEnd Lost(RunOutcome outcome, string evidence) => new() { Outcome = outcome, Evidence = evidence };
}
