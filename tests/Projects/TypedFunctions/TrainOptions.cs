namespace Acme;

/// <summary>How to train.</summary>
public sealed record TrainOptions
{
    /// <summary>How many steps.</summary>
    public required int Steps { get; init; }

    /// <summary>How fast.</summary>
    public double Rate { get; init; } = 0.1;

    /// <summary>In what.</summary>
    public Precision Precision { get; init; }

    /// <summary>What else.</summary>
    public IReadOnlyDictionary<string, string>? Labels { get; init; }
}
