using Eformer.Pool.Leases;
using Eformer.Pool.Store;

namespace Eformer.Pool.Health;

/// <summary>Decides from facts how a host of a pool does, and what that means for its slice. Pure.</summary>
internal static class HealthRules
{
    // Runners are started again with growing pauses; a slice is not given up for the first of them.
    private static readonly TimeSpan s_runnerPatience = TimeSpan.FromSeconds(30);

    /// <summary>The state of a host, with the fact behind it.</summary>
    /// <param name="leaseId">The lease of its slice.</param>
    /// <param name="phase">How sure the driver is of that lease.</param>
    /// <param name="now">The host as the store has it; null when it is not there.</param>
    /// <param name="recovering">Whether silence may only mean that the store was restarted.</param>
    public static (HostHealthState State, string Why) Judge(string leaseId, LeasePhase phase, HostRecord? now, bool recovering) => now switch
    {
        _ when phase == LeasePhase.Lapsed => (HostHealthState.LeaseLost, "the pool's lease is lost"),
        null or { Alive: false } when recovering => (HostHealthState.Unconfirmed, "not heard since the store was restarted or replaced"),
        null => (HostHealthState.Unreachable, "the host is not registered"),
        { Alive: false } => (HostHealthState.Unreachable, "the host's agent is not heard from"),
        { State: HostState.Unconfirmed } when now.LeaseId == leaseId => (HostHealthState.Unconfirmed, "the store has lost the lease; it is being reasserted"),
        _ when now.LeaseId != leaseId => (HostHealthState.LeaseLost, "the host is no longer leased to this pool"),
        { State: HostState.Lost } => (HostHealthState.LeaseLost, "the host's agent restarted or gave the lease up"),
        { State: HostState.Reclaiming } => (HostHealthState.LeaseLost, "the host was taken back" + Suffix(now.Suspension)),
        { Health.Condition: HostCondition.Preempting } => (HostHealthState.Preempting, now.Health.Why),
        { Health.Condition: HostCondition.RunnerFailed } => (HostHealthState.RunnerFailed, now.Health.Why),
        { Suspension: { } suspension } => (HostHealthState.Suspended, Describe(suspension)),
        { Health.Condition: HostCondition.Busy } => (HostHealthState.Busy, now.Health.Why),
        _ => (HostHealthState.Healthy, ""),
    };

    /// <summary>Whether a slice with a host in this state is to be replaced.</summary>
    /// <param name="report">How the host does.</param>
    /// <param name="host">The host as the store has it; null when it is not there.</param>
    /// <param name="now">The time, local.</param>
    public static bool CallsForReplacement(HostReport report, HostRecord? host, DateTime now) => report.State switch
    {
        HostHealthState.LeaseLost or HostHealthState.Unreachable or HostHealthState.Preempting => true,
        HostHealthState.RunnerFailed => now - report.Since >= s_runnerPatience,
        HostHealthState.Suspended => host?.Suspension?.RemainingMs is not null,
        _ => false,
    };

    private static string Describe(HostSuspension suspension) =>
        $"suspended by {suspension.By}{(suspension.Reason.Length > 0 ? ": " + suspension.Reason : "")}";

    private static string Suffix(HostSuspension? suspension) => suspension is null ? "" : ", " + Describe(suspension);
}
