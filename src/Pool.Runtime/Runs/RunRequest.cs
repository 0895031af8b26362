namespace Eformer.Pool;

/// <summary>What to run on the hosts of a pool.</summary>
public sealed record RunRequest
{
    /// <summary>Text of the script block, without its braces.</summary>
    public required string Script { get; init; }

    /// <summary>The arguments as one CLIXML document that holds a list, or null for none.</summary>
    public string? ArgumentsXml { get; init; }

    /// <summary>Extra environment variables. Names that the pool sets itself are refused.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>What the run shares with others; null for the pool's default.</summary>
    public Isolation? Isolation { get; init; }

    /// <summary>How long user code may run on a host; null for no limit.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Slots to run on; null for all.</summary>
    public IReadOnlyList<int>? SliceIds { get; init; }

    /// <summary>Hosts of each of those slices to run on, by index; null for all.</summary>
    public IReadOnlyList<int>? HostIds { get; init; }
}
