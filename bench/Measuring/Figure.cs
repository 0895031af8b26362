namespace Eformer.Pool.Bench.Measuring;

/// <summary>What came of measuring a work, or a part of it.</summary>
/// <param name="Name">The work.</param>
/// <param name="Unit">Of the median and of what 99 of 100 do not exceed.</param>
/// <param name="P50">The median.</param>
/// <param name="P99">What 99 of 100 do not exceed; of few samples the largest.</param>
/// <param name="N">How many samples.</param>
/// <param name="Cpu">Processor time of one, of this process and all it started, in milliseconds; null where it is not known.</param>
/// <param name="Reach">What DESIGN.md section 9 wants to reach, or null.</param>
internal sealed record Figure(string Name, string Unit, double P50, double P99, int N, double? Cpu, double? Reach)
{
    /// <summary>Name of the work that it can never be faster than, or null.</summary>
    public string? Floor { get; init; }
}
