namespace Eformer.Pool.Bench.Measuring;

/// <summary>What came of measuring a work. Times in milliseconds.</summary>
/// <param name="Name">The work.</param>
/// <param name="P50">The median.</param>
/// <param name="P99">What 99 of 100 do not exceed; of few samples the slowest.</param>
/// <param name="N">How many samples.</param>
/// <param name="Cpu">Processor time of one, of this process and all it started; null where it is not known.</param>
/// <param name="Reach">What DESIGN.md section 9 wants to reach, or null.</param>
internal sealed record Figure(string Name, double P50, double P99, int N, double? Cpu, double? Reach);
