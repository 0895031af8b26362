using Eformer.Pool.Functions;

namespace Eformer.Pool;

/// <summary>What to run on the hosts of a pool.</summary>
public sealed record RunRequest
{
    /// <summary>Text of the script block, without its braces; empty when <see cref="Call"/> is set.</summary>
    public required string Script { get; init; }

    /// <summary>The remote function to call instead of a script; null for none.</summary>
    public RemoteCall? Call { get; init; }

    /// <summary>The arguments as one CLIXML document that holds a list, or null for none.</summary>
    public string? ArgumentsXml { get; init; }

    /// <summary>Extra environment variables. Names that the pool sets itself are refused.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>What the run shares with others; null for the pool's default.</summary>
    public Isolation? Isolation { get; init; }

    /// <summary>How long user code may run on a host; null for no limit.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Input of the script, what <c>$input</c> enumerates on every host: one CLIXML document that holds a list, or null for none.</summary>
    public string? InputXml { get; init; }

    /// <summary>
    /// Input that differs from host to host, instead of <see cref="InputXml"/>: one such document for each host chosen, in slot and host
    /// order; null where a host gets none.
    /// </summary>
    public IReadOnlyList<string?>? InputParts { get; init; }

    /// <summary>Functions, modules and files that the script needs; null for none.</summary>
    public RuntimeEnvironment? RuntimeEnvironment { get; init; }

    /// <summary>Folder on the hosts to start in; null for the default: the shipped files, else the runner's own folder.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>How many levels of properties of an object are kept on its way back; 1 to 100.</summary>
    public int Depth { get; init; } = 2;

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

    /// <summary>
    /// Identity of the run, chosen by the user. A run that exists is attached to: only hosts without a stored outcome run (again). Null
    /// for a new one. Grammar: <see cref="Topology.PoolName"/>.
    /// </summary>
    public string? RunId { get; init; }

    /// <summary>Whether the run's results stay in the store after they were received; always so with a <see cref="RunId"/>.</summary>
    public bool Keep { get; init; }

    /// <summary>How long results are kept after the last was written.</summary>
    public TimeSpan KeepResultsFor { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Slots to run on; null for all.</summary>
    public IReadOnlyList<int>? SliceIds { get; init; }

    /// <summary>Hosts of each of those slices to run on, by index; null for all.</summary>
    public IReadOnlyList<int>? HostIds { get; init; }
}
