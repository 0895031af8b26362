using Eformer.Pool.Functions;

namespace Eformer.Pool;

/// <summary>Where and how a remote function runs; what is not set is as for scripts.</summary>
public sealed record RemoteCallOptions
{
    /// <summary>The options of a call that says nothing.</summary>
    public static RemoteCallOptions Default { get; } = new();

    /// <summary>Slots to run on; null for all.</summary>
    public IReadOnlyList<int>? SliceIds { get; init; }

    /// <summary>Hosts of each of those slices to run on, by index; null for all.</summary>
    public IReadOnlyList<int>? HostIds { get; init; }

    /// <summary>Extra environment variables. Names that the pool sets itself are refused.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>What the run shares with others; null for the default: the agent's process on emulated hosts, else as for scripts.</summary>
    public Isolation? Isolation { get; init; }

    /// <summary>How long the function may run on a host; null for no limit.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>What to do on hosts that run something else.</summary>
    public WhenBusy WhenBusy { get; init; }

    /// <summary>How often an attempt that failed is made again, for each unit of <see cref="RetryScope"/>.</summary>
    public int MaxFailureRetry { get; init; }

    /// <summary>How often an attempt that was preempted, or lost with its lease or its host, is made again, for each such unit.</summary>
    public int MaxPreemptionRetry { get; init; }

    /// <summary>What runs again when an attempt is retried.</summary>
    public RetryScope RetryScope { get; init; }

    /// <summary>On how many hosts it runs at a time; null for all at once.</summary>
    public int? ThrottleLimit { get; init; }

    /// <summary>Identity of the run, chosen by the user; null for a new one. A run that exists is attached to.</summary>
    public string? RunId { get; init; }

    /// <summary>
    /// Whether hosts have the function already (<c>eformer-host agent --functions</c>). Otherwise its assembly and what that needs are
    /// shipped, once for each build.
    /// </summary>
    public bool Installed { get; init; }

    /// <summary>The request that makes a call.</summary>
    /// <param name="request">The function with its arguments.</param>
    /// <exception cref="SlicePoolException"><c>PayloadInvalid</c>, <c>PayloadTooDeep</c>, <c>PayloadTooLarge</c>: an argument cannot be sent; it is named.</exception>
    public RunRequest ToRunRequest(RemoteRequest request) => new()
    {
        Script = "",
        Call = RemoteCall.Of(request, Installed),
        SliceIds = SliceIds,
        HostIds = HostIds,
        Environment = Environment,
        Isolation = Isolation,
        Timeout = Timeout,
        WhenBusy = WhenBusy,
        MaxFailureRetry = MaxFailureRetry,
        MaxPreemptionRetry = MaxPreemptionRetry,
        RetryScope = RetryScope,
        ThrottleLimit = ThrottleLimit,
        RunId = RunId,
    };
}
