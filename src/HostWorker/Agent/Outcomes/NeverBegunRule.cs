using Eformer.Pool.HostWorker.Runners;

namespace Eformer.Pool.HostWorker.Agent.Outcomes;

/// <summary>Where user code never started, the payload or the engine is at fault.</summary>
internal sealed class NeverBegunRule : IOutcomeRule
{
    /// <inheritdoc/>
    public Verdict? Judge(RunnerEnd end, StopCause cause) =>
        end.Kind == RunnerEndKind.NotStarted ? new Verdict(RunOutcome.Error, end.Evidence) : null;
}
