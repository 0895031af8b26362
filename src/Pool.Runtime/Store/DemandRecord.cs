namespace Eformer.Pool.Store;

/// <summary>What a pool is asking for and has not got: the seam for autoscalers, and what makes racing pools share.</summary>
public sealed record DemandRecord
{
    /// <summary>Name of the pool; it has one demand at most.</summary>
    public required string Pool { get; init; }

    /// <summary>Its owner; the demand goes when the owner does.</summary>
    public required string OwnerId { get; init; }

    /// <summary>Who that is, for people.</summary>
    public required string Owner { get; init; }

    /// <summary>The valid sizes of the pool in slices, ascending.</summary>
    public required IReadOnlyList<int> Sizes { get; init; }

    /// <summary>Slices it holds already.</summary>
    public required int Held { get; init; }

    /// <summary>Hosts in each slice.</summary>
    public required int HostsPerSlice { get; init; }

    /// <summary>Type of the slices, such as <c>v5e-16</c>, or empty.</summary>
    public string TpuType { get; init; } = "";

    /// <summary>The labels that hosts must have, as text; empty for any.</summary>
    public string Selector { get; init; } = "";

    /// <summary>How hosts must lie.</summary>
    public PlacementStrategy Strategy { get; init; }

    /// <summary>Why it cannot be met now, in one sentence; empty while nobody knows yet.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Since when, Unix milliseconds of the store's clock; kept when the demand is replaced.</summary>
    public long SinceMs { get; init; }
}
