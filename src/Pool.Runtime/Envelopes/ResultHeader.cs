namespace Eformer.Pool.Envelopes;

/// <summary>Head of a batch of records; their data follow it in the same order.</summary>
public sealed record ResultHeader
{
    /// <summary>The fleet.</summary>
    public required string Fleet { get; init; }

    /// <summary>The run.</summary>
    public required string RunId { get; init; }

    /// <summary>The writing agent.</summary>
    public required string AgentId { get; init; }

    /// <summary>Number of the batch among those of this agent and run, from 1.</summary>
    public required long Sequence { get; init; }

    /// <summary>The records, oldest first.</summary>
    public required IReadOnlyList<ResultItem> Items { get; init; }
}
