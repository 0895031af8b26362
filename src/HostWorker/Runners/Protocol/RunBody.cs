namespace Eformer.Pool.HostWorker.Runners.Protocol;

/// <summary>What a runner shall run.</summary>
internal sealed record RunBody
{
    /// <summary>Identity of the attempt, for logs.</summary>
    public required string AttemptId { get; init; }

    /// <summary>Text of the script block, without its braces.</summary>
    public required string Script { get; init; }

    /// <summary>The arguments as one CLIXML document that holds a list, or null for none.</summary>
    public string? ArgumentsXml { get; init; }

    /// <summary>Every environment variable of this run; those of the pool that are not among them are removed.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }
}
