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
    public static AttemptEnd? Judge(RunTarget target, FleetSnapshot fleet) =>
        Judge(target, fleet.Hosts.FirstOrDefault(host => host.Registration.Host == target.Place.Host), fleet.RecoveringMs > 0);

    /// <summary>The end of a host that is lost; null while it can still answer.</summary>
    /// <param name="target">The host.</param>
    /// <param name="now">How the store knows it; null when it does not.</param>
    /// <param name="isRecovering">Whether the store has just come back and not heard everybody yet.</param>
    public static AttemptEnd? Judge(RunTarget target, HostRecord? now, bool isRecovering)
    {
        PreemptionAnnouncedRule.Note(target, now);
        if (now is null or { Alive: false } && isRecovering)
        {
            return null;
        }

        AttemptEnd? loss = s_rules.Select(rule => rule.Judge(target, now)).FirstOrDefault(found => found is not null);
        return loss is null ? null : PreemptionAnnouncedRule.Apply(target, loss);
    }

    /// <summary>An end that nobody but the driver tells.</summary>
    internal static AttemptEnd Lost(RunOutcome outcome, string evidence) => new() { Outcome = outcome, Evidence = evidence };
}
