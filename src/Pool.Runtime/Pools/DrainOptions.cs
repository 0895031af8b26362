namespace Eformer.Pool;

/// <summary>What is drained, and how.</summary>
public sealed record DrainOptions
{
    /// <summary>Slots of the slices to drain; null for all.</summary>
    public IReadOnlyList<int>? Slots { get; init; }

    /// <summary>How long the hosts may take to become idle.</summary>
    /// <exception cref="SlicePoolException"><c>InvalidTimeout</c> when it is not above zero.</exception>
    public TimeSpan Timeout
    {
        get;
        init => field = value > TimeSpan.Zero ? value : throw new SlicePoolException(
            "InvalidTimeout", PoolErrorCategory.InvalidArgument, $"A drain cannot take {value.TotalSeconds:0.###} seconds.", "Give a time above zero.");
    } = TimeSpan.FromSeconds(60);

    /// <summary>Whether what runs is ended at once instead of being asked to stop first.</summary>
    public bool Force { get; init; }
}
