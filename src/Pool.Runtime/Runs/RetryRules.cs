namespace Eformer.Pool.Runs;

/// <summary>Decides whether and when another attempt may be made. Pure.</summary>
internal static class RetryRules
{
    private static readonly TimeSpan s_first = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(30);

    /// <summary>The budget that another attempt after this end is taken from.</summary>
    /// <remarks>
    /// What was stopped on request stays stopped. Where nothing tells whether the script ran, it is not run again. A host that refuses
    /// because it is busy is asked again by <see cref="WhenBusy.Queue"/>, not by a retry.
    /// </remarks>
    public static RetryKind KindOf(AttemptEnd end) => end.Outcome switch
    {
        RunOutcome.Failed or RunOutcome.Error or RunOutcome.TimedOut => RetryKind.Failure,
        RunOutcome.Preempted or RunOutcome.LeaseLost or RunOutcome.HostLost => RetryKind.Preemption,
        RunOutcome.NeverStarted when !end.HostBusy => RetryKind.Preemption,
        _ => RetryKind.None,
    };

    /// <summary>The pause before the next attempt: twice as long each time, up to half a minute.</summary>
    /// <param name="retries">How many were made before, from 0.</param>
    public static TimeSpan Pause(int retries)
    {
        double seconds = s_first.TotalSeconds * Math.Pow(2, Math.Min(retries, 10));
        return TimeSpan.FromSeconds(Math.Min(seconds, s_longest.TotalSeconds));
    }
}
