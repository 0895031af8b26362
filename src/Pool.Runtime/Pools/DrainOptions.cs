namespace Eformer.Pool;

/// <summary>What is drained, and how.</summary>
public sealed record DrainOptions
{
    /// <summary>Slots of the slices to drain; null for all.</summary>
    public IReadOnlyList<int>? Slots { get; init; }

    /// <summary>How long the hosts may take to become idle.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Whether what runs is ended at once instead of being asked to stop first.</summary>
    public bool Force { get; init; }
}
