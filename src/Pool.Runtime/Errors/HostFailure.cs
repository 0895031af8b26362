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
            "PayloadError", PoolErrorCategory.InvalidData, "what was sent could not be started",
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

    // A host that cannot begin with what it was sent begins its evidence with one of these ids.
    private static readonly Dictionary<string, HostFailure> s_byError = new HostFailure[]
    {
        new("RunnerStartFailed", PoolErrorCategory.ResourceUnavailable, "the host could not start a process for it",
            "Do on that host what it says, or look at its agent's log; nothing was started, so it is safe to run it again."),
        new("SocketPathTooLong", PoolErrorCategory.ResourceUnavailable, "the host could not start a process for it",
            "Give its agent a state folder with a shorter path; for a local pool set TMPDIR to a shorter one."),
        new("EnvironmentUnavailable", PoolErrorCategory.ResourceUnavailable, "the host could not get the files and modules it needs",
            "Do on that host what it says; nothing was started, so it is safe to run it again."),
        new("EnvironmentRefused", PoolErrorCategory.SecurityError, "the host refuses the files and modules it was sent",
            "Use the module's own -File and -Module. If you did, somebody else holds this fleet's command key."),
        new("FunctionNotFound", PoolErrorCategory.ObjectNotFound, "the remote function is not there",
            "Build the assembly anew with the generator, or let it be shipped: leave 'Installed' out of the call's options."),
        new("ContractMismatch", PoolErrorCategory.InvalidData, "the remote function is another one there",
            "Let the assembly be shipped (leave 'Installed' out of the call's options), or update it on the side that is older."),
        new("ArgumentsUnreadable", PoolErrorCategory.InvalidArgument, "the arguments cannot be read there",
            "Call the function with the proxy of the same version."),
        new("AssemblyNotLoadable", PoolErrorCategory.InvalidData, "the function's assembly cannot be loaded",
            "See that it is built for the hosts' version of .NET, and that everything it refers to is shipped or lies beside it."),
        new("IsolationRefused", PoolErrorCategory.SecurityError, "the function may not run there",
            "Choose another isolation: only emulated hosts run functions in the agent's process."),
    }.ToDictionary(failure => failure.ErrorId, StringComparer.Ordinal);

    /// <summary>What there is to say about an end.</summary>
    public static HostFailure Of(AttemptEnd end) =>
        end.HostBusy ? s_busy
        : end.Outcome == RunOutcome.Error && s_byError.GetValueOrDefault(end.Evidence.Split(':')[0]) is { } call ? call
        : s_byOutcome.GetValueOrDefault(end.Outcome, s_unknown);

    /// <summary>What happened and the fact behind it, as one sentence without its stop; an id that the fact begins with is said once.</summary>
    public string Tell(string evidence)
    {
        string prefix = ErrorId + ": ";
        string fact = evidence.StartsWith(prefix, StringComparison.Ordinal) ? evidence[prefix.Length..] : evidence;
        return $"{What}: {fact.TrimEnd('.')}";
    }
}
