using Eformer.Pool.HostWorker.Runners;

namespace Eformer.Pool.HostWorker.Agent.Outcomes;

/// <summary>A script or a function that came to its end has succeeded, whatever it wrote to the error stream.</summary>
internal sealed class ScriptEndedRule : IOutcomeRule
{
    /// <inheritdoc/>
    public Verdict? Judge(RunnerEnd end, StopCause cause) =>
        end.Kind == RunnerEndKind.Completed ? new Verdict(RunOutcome.Succeeded, end.Evidence) : null;
}
