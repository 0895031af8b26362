namespace Eformer.Pool.Store;

/// <summary>The part of a lease that its owner chooses and nobody changes.</summary>
public sealed record LeaseGrant
{
    /// <summary>Name of the pool.</summary>
    public required string Pool { get; init; }

    /// <summary>Random identity of the owning pool object; another owner of the same pool name is refused.</summary>
    public required string OwnerId { get; init; }

    /// <summary>Who that is, for people: <c>ann@build-7, process 4242</c>.</summary>
    public required string Owner { get; init; }

    /// <summary>Slot of the slice in the pool, from 0.</summary>
    public required int Slot { get; init; }

    /// <summary>Name of the slice.</summary>
    public required string SliceName { get; init; }

    /// <summary>Keys of its hosts; position is host id.</summary>
    public required IReadOnlyList<string> Hosts { get; init; }

    /// <summary>Life without a renewal, in milliseconds.</summary>
    public required int TtlMs { get; init; }

    /// <summary>Type of the slices the pool wants, or empty; so that whoever takes the pool over can replace them.</summary>
    public string TpuType { get; init; } = "";

    /// <summary>The labels that hosts must have, with the values allowed.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Selector { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>How hosts must lie.</summary>
    public PlacementStrategy Strategy { get; init; }
}
