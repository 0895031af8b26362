using Eformer.Pool.HostWorker.Runners;

namespace Eformer.Pool.HostWorker.Agent.Outcomes;

/// <summary>A script whose runner ended under it, or was ended by it, has failed: nobody asked for that. Exit code and signal are kept.</summary>
internal sealed class RunnerEndedRule : IOutcomeRule
{
    /// <inheritdoc/>
    public Verdict? Judge(RunnerEnd end, StopCause cause) => end.Kind is RunnerEndKind.Died or RunnerEndKind.Stopped
        ? new Verdict(RunOutcome.Failed, $"{end.Evidence}, {HowFar.Of(end)}")
        : null;
}
