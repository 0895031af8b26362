using Eformer.Pool.HostWorker.Runners;

namespace Eformer.Pool.HostWorker.Agent.Outcomes;

/// <summary>A script that a terminating error ended has failed; the error's message is the evidence.</summary>
internal sealed class ThrewRule : IOutcomeRule
{
    /// <inheritdoc/>
    public Verdict? Judge(RunnerEnd end, StopCause cause) =>
        end.Kind == RunnerEndKind.Threw ? new Verdict(RunOutcome.Failed, end.Evidence) : null;
}
