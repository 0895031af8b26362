using Eformer.Pool.Store;

namespace Eformer.Pool.Runs.Losses;

/// <summary>A host that is lost after it had announced that it would be taken away was preempted.</summary>
internal static class PreemptionAnnouncedRule
{
    /// <summary>Remembers an announcement: when the host is lost, nobody is there to repeat it.</summary>
    public static void Note(RunTarget target, HostRecord? now)
    {
        if (now?.Health.Condition == HostCondition.Preempting && now.Incarnation == target.Place.Incarnation)
        {
            target.WasPreempting = true;
        }
    }

    /// <summary>The loss, in the light of what was announced; how the host then went is the rest of the evidence.</summary>
    public static AttemptEnd Apply(RunTarget target, AttemptEnd loss) => target.WasPreempting
        ? loss with { Outcome = RunOutcome.Preempted, Evidence = "the host had announced that it would be preempted; " + loss.Evidence }
        : loss;
}
