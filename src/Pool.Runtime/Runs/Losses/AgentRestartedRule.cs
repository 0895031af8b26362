using Eformer.Pool.Store;

namespace Eformer.Pool.Runs.Losses;

/// <summary>A host whose agent is another one than the run was sent to is lost, even when it holds the lease again.</summary>
internal sealed class AgentRestartedRule : ILossRule
{
    /// <inheritdoc/>
    public AttemptEnd? Judge(RunTarget target, HostRecord? now) =>
        now is not null && now.Incarnation != target.Place.Incarnation ? LossRules.Lost(RunOutcome.HostLost, "the host's agent restarted") : null;
}
