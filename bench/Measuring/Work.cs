namespace Eformer.Pool.Bench.Measuring;

/// <summary>Something to measure.</summary>
/// <param name="Name">What it is, for people; the same from version to version.</param>
/// <param name="Once">Does it once, and gives how long it took.</param>
internal sealed record Work(string Name, Func<Task<TimeSpan>> Once)
{
    /// <summary>What DESIGN.md section 9 wants to reach, in milliseconds; null where it names nothing. For reading, not for failing.</summary>
    public double? Reach { get; init; }

    /// <summary>Name of the work that it can never be faster than; null where none is measured.</summary>
    public string? Floor { get; init; }

    /// <summary>
    /// How often it is measured; null for as often as the time allows. With a number there is no warm-up, and all are measured in one
    /// go after everything else: what they need may keep the machine busy.
    /// </summary>
    public int? Repetitions { get; init; }

    /// <summary>What the last time was made of, or went with it, each with a figure of its own.</summary>
    public Func<IReadOnlyDictionary<string, Quantity>>? Parts { get; init; }
}
