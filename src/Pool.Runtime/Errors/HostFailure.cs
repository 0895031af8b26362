namespace Eformer.Pool;

/// <summary>What there is to say about an attempt that did not succeed, besides its evidence.</summary>
/// <param name="ErrorId">Stable id.</param>
/// <param name="Category">Its kind.</param>
/// <param name="What">What happened, in a few words.</param>
/// <param name="Advice">What to do about it.</param>
internal sealed record HostFailure(string ErrorId, PoolErrorCategory Category, string What, string Advice)
{
    private static readonly HostFailure s_busy = new(
        "HostBusy", PoolErrorCategory.ResourceBusy, "it is busy",
        "Wait for the run that uses it, or stop that run.");

    private static readonly HostFailure s_unknown = new(
        "UnknownOutcome", PoolErrorCategory.InvalidData, "nothing tells whether the script ran",
        "Look at what the script changes on that host before you run it again.");

    private static readonly Dictionary<RunOutcome, HostFailure> s_byOutcome = new()
    {
        [RunOutcome.Failed] = new(
            "HostScriptFailed", PoolErrorCategory.FromRemoteHost, "the script failed",
            "Look at what the host wrote; -AsResult gives its output, its errors and the exit code in one object."),
        [RunOutcome.Error] = new(
            "PayloadError", PoolErrorCategory.InvalidData, "the script could not be started",
            "Look for a syntax error in the script, and for the engine that Get-SlicePoolMember -Level Host shows."),
        [RunOutcome.Preempted] = new(
            "HostPreempted", PoolErrorCategory.ResourceUnavailable, "the host was taken away",
            "Run it again when the pool is whole."),
        [RunOutcome.Cancelled] = new(
            "RunCancelled", PoolErrorCategory.OperationStopped, "the run was stopped",
            "Nothing, if that was the intention."),
        [RunOutcome.TimedOut] = new(
            "HostTimeout", PoolErrorCategory.OperationTimeout, "the script took too long",
            "Allow more time with -TimeoutSec, or find out what keeps the script on that host."),
        [RunOutcome.LeaseLost] = new(
            "LeaseLost", PoolErrorCategory.ResourceUnavailable, "the lease ended first",
            "Make a new pool with New-SlicePool, with a longer -LeaseSec if this session was suspended or cut off."),
        [RunOutcome.HostLost] = new(
            "HostLost", PoolErrorCategory.ConnectionError, "the host's agent died or restarted",
            "Look at the agent's log on that host; make a new pool when the host is back."),
        [RunOutcome.NeverStarted] = new(
            "NeverStarted", PoolErrorCategory.ResourceUnavailable, "the script never started",
            "It is safe to run it again."),
    };

    /// <summary>What there is to say about an end.</summary>
    public static HostFailure Of(AttemptEnd end) =>
        end.HostBusy ? s_busy : s_byOutcome.GetValueOrDefault(end.Outcome, s_unknown);
}
