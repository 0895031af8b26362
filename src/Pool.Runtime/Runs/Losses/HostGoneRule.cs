using Eformer.Pool.Store;

namespace Eformer.Pool.Runs.Losses;

/// <summary>A host that is not registered any more is lost.</summary>
internal sealed class HostGoneRule : ILossRule
{
    /// <inheritdoc/>
    public AttemptEnd? Judge(RunTarget target, HostRecord? now) =>
        now is null ? LossRules.Lost(RunOutcome.HostLost, "the host is no longer registered") : null;
}
