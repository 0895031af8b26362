namespace Acme;

/// <summary>Members of many types.</summary>
public sealed record Everything
{
    /// <summary>A number that may be missing.</summary>
    public int? Count { get; init; }

    /// <summary>Bytes.</summary>
    public required ReadOnlyMemory<byte> Bytes { get; init; }

    /// <summary>A list of records.</summary>
    public IReadOnlyList<TrainResult> Results { get; init; } = [];

    /// <summary>A dictionary of enums.</summary>
    public Dictionary<string, Precision> Precisions { get; init; } = [];

    /// <summary>A time.</summary>
    public DateTimeOffset When { get; init; }

    /// <summary>Itself.</summary>
    public Everything? Inner { get; init; }
}
