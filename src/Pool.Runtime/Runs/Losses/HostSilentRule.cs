using Eformer.Pool.Store;

namespace Eformer.Pool.Runs.Losses;

/// <summary>A host whose agent is not heard from is lost.</summary>
internal sealed class HostSilentRule : ILossRule
{
    /// <inheritdoc/>
    public AttemptEnd? Judge(RunTarget target, HostRecord? now) =>
        now is { Alive: false } ? LossRules.Lost(RunOutcome.HostLost, "the host's agent is not heard from") : null;
}
