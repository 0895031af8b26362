using Eformer.Pool.HostWorker.Runners;

namespace Eformer.Pool.HostWorker.Agent.Outcomes;

/// <summary>One rule about what an attempt's end is. Pure: it goes by facts, never by the text of a message.</summary>
internal interface IOutcomeRule
{
    /// <summary>The verdict, when the rule has one.</summary>
    /// <param name="end">How the runner ended.</param>
    /// <param name="cause">Why it was stopped from outside, if it was.</param>
    /// <returns>Null when other rules have to say.</returns>
    Verdict? Judge(RunnerEnd end, StopCause cause);
}
