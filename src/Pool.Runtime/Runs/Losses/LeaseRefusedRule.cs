using Eformer.Pool.Store;

namespace Eformer.Pool.Runs.Losses;

/// <summary>A host that no longer honours the lease has lost it, whatever the store still says of the lease.</summary>
internal sealed class LeaseRefusedRule : ILossRule
{
    /// <inheritdoc/>
    public AttemptEnd? Judge(RunTarget target, HostRecord? now) =>
        now is { State: HostState.Lost } ? LossRules.Lost(RunOutcome.LeaseLost, "the host's agent no longer honours the lease") : null;
}
