using Eformer.Pool.Store;

namespace Eformer.Pool.Runs;

/// <summary>Decides from a fleet's state whether a host that has not answered yet can still answer. Pure.</summary>
internal static class LossRules
{
    /// <summary>The end of a host that is lost; null while it can still answer.</summary>
    public static AttemptEnd? Judge(RunTarget target, FleetSnapshot fleet)
    {
        HostRecord? now = fleet.Hosts.FirstOrDefault(host => host.Registration.Host == target.Place.Host);
        if (now?.Health.Condition == HostCondition.Preempting && now.Incarnation == target.Place.Incarnation)
        {
            target.WasPreempting = true;
        }

        AttemptEnd? end = now switch
        {
            null or { Alive: false } when fleet.RecoveringMs > 0 => null,
            null => Lost(RunOutcome.HostLost, "the host is no longer registered"),
            { Alive: false } => Lost(RunOutcome.HostLost, "the host's agent is not heard from"),
            _ when now.Incarnation != target.Place.Incarnation => Lost(RunOutcome.HostLost, "the host's agent restarted"),
            _ when now.LeaseId != target.Place.Lease.LeaseId => Lost(RunOutcome.LeaseLost, "the host is no longer leased to this pool"),
            { State: HostState.Lost } => Lost(RunOutcome.LeaseLost, "the host's agent no longer honours the lease"),
            { State: HostState.Reclaiming } => Lost(RunOutcome.LeaseLost, "the lease ended"),
            _ => null,
        };
        return end is not null && target.WasPreempting ? Preempted(end) : end;
    }

    internal static AttemptEnd Lost(RunOutcome outcome, string evidence) => new() { Outcome = outcome, Evidence = evidence };

    // That it would be taken away was announced; how it then went is the rest of the evidence.
    private static AttemptEnd Preempted(AttemptEnd end) =>
        end with { Outcome = RunOutcome.Preempted, Evidence = "the host had announced that it would be preempted; " + end.Evidence };
}
