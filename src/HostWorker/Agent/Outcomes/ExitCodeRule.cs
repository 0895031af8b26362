using System.Globalization;
using Eformer.Pool.HostWorker.Runners;

namespace Eformer.Pool.HostWorker.Agent.Outcomes;

/// <summary>A script that called <c>exit</c> is judged by its exit code: zero is success.</summary>
internal sealed class ExitCodeRule : IOutcomeRule
{
    /// <inheritdoc/>
    public Verdict? Judge(RunnerEnd end, StopCause cause) => end.Kind == RunnerEndKind.Exited
        ? new Verdict(
            end.ExitCode == 0 ? RunOutcome.Succeeded : RunOutcome.Failed, string.Create(CultureInfo.InvariantCulture, $"exit code {end.ExitCode}"))
        : null;
}
