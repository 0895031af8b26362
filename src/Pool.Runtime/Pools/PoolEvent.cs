namespace Eformer.Pool;

/// <summary>One thing that was decided about a pool or a host, and why. Kept in the store for seven days, the newest 10,000 of a fleet.</summary>
public sealed record PoolEvent
{
    /// <summary>When, Unix milliseconds; by the store's clock once it is stored.</summary>
    public long TimeMs { get; init; }

    /// <summary>When, local time.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public DateTime Time => DateTimeOffset.FromUnixTimeMilliseconds(TimeMs).LocalDateTime;

    /// <summary>What.</summary>
    public required PoolEventKind Kind { get; init; }

    /// <summary>Name of the pool, or empty when it is about a host alone.</summary>
    public string Pool { get; init; } = "";

    /// <summary>Name of the slice, or empty.</summary>
    public string Slice { get; init; } = "";

    /// <summary>Key of the host, or empty.</summary>
    public string Host { get; init; } = "";

    /// <summary>Why, in one sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>Who says so.</summary>
    public string Source { get; init; } = "";

    /// <inheritdoc/>
    public override string ToString() => $"{Kind} {Pool}{(Slice.Length > 0 ? "/" + Slice : "")}{(Host.Length > 0 ? " " + Host : "")}: {Reason}";
}
