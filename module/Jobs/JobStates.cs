using System.Management.Automation;

namespace Eformer.Pool.Module.Jobs;

/// <summary>What state a job is in, from facts. Pure.</summary>
internal static class JobStates
{
    /// <summary>The state of a host's job that ended.</summary>
    public static JobState Of(AttemptEnd end) => end.Outcome switch
    {
        RunOutcome.Succeeded => JobState.Completed,
        RunOutcome.Cancelled => JobState.Stopped,
        _ => JobState.Failed,
    };

    /// <summary>The state of a run whose hosts' jobs have all ended: as bad as the worst of them.</summary>
    public static JobState Of(IReadOnlyCollection<JobState> hosts) =>
        hosts.Contains(JobState.Failed) ? JobState.Failed
        : hosts.Contains(JobState.Stopped) ? JobState.Stopped
        : JobState.Completed;
}
