using Eformer.Pool.Store;

namespace Eformer.Pool.Runs.Losses;

/// <summary>A host that is in another lease, or in none, has lost the run's.</summary>
internal sealed class LeaseMovedRule : ILossRule
{
    /// <inheritdoc/>
    public AttemptEnd? Judge(RunTarget target, HostRecord? now) =>
        now is not null && now.LeaseId != target.Place.Lease.LeaseId ? LossRules.Lost(RunOutcome.LeaseLost, "the host is no longer leased to this pool") : null;
}
