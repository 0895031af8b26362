namespace Eformer.Pool.HostWorker.Agent.Outcomes;

/// <summary>Tells the end of an attempt whose machine was taken away from one for which the script or the pool is to blame. Pure.</summary>
internal static class PreemptionRule
{
    // 128 + SIGTERM and SIGKILL: how a machine that shuts down ends what runs on it.
    private const int Terminated = 143;
    private const int Killed = 137;

    /// <summary>The end, in the light of what the machine's provider has announced.</summary>
    /// <param name="end">The end as the runner and the lease tell it.</param>
    /// <param name="notice">Why the machine will be taken away; null when nothing of the kind is announced.</param>
    public static AttemptEnd Apply(AttemptEnd end, string? notice) => notice is not null && IsLoss(end)
        ? end with { Outcome = RunOutcome.Preempted, Evidence = $"{notice}; {end.Evidence}", Threw = false }
        : end;

    private static bool IsLoss(AttemptEnd end) => end.Outcome switch
    {
        RunOutcome.LeaseLost or RunOutcome.HostLost => true,
        RunOutcome.Failed => !end.Threw && end.ExitCode is Terminated or Killed,
        _ => false,
    };
}
