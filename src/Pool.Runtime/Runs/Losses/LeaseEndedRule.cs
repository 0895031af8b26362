using Eformer.Pool.Store;

namespace Eformer.Pool.Runs.Losses;

/// <summary>A host that is being made free has lost the lease.</summary>
internal sealed class LeaseEndedRule : ILossRule
{
    /// <inheritdoc/>
    public AttemptEnd? Judge(RunTarget target, HostRecord? now) =>
        now is { State: HostState.Reclaiming } ? LossRules.Lost(RunOutcome.LeaseLost, "the lease ended") : null;
}
