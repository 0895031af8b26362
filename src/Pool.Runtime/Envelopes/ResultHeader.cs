using System.Text.Json;
using System.Text.Json.Serialization;

namespace Eformer.Pool.Envelopes;

/// <summary>Head of a batch of records; their data follow it in the same order.</summary>
public sealed record ResultHeader : IJsonOnDeserialized
{
    /// <summary>The fleet.</summary>
    public required string Fleet { get; init; }

    /// <summary>The run.</summary>
    public required string RunId { get; init; }

    /// <summary>Who writes: an agent, for its hosts of one slice.</summary>
    public required string Writer { get; init; }

    /// <summary>Number of the batch among those of this writer and run, from 1.</summary>
    public required long Sequence { get; init; }

    /// <summary>The records, oldest first.</summary>
    public required IReadOnlyList<ResultItem> Items { get; init; }

    // The serializer sees to members that must not be null, but not to what collections hold.
    void IJsonOnDeserialized.OnDeserialized()
    {
        if (Items.Any(item => item is null || (item.Kind == RecordKind.End) != (item.End is not null)))
        {
            throw new JsonException("A record is nothing, or an end without saying how.");
        }
    }
}
