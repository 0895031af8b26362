using System.Diagnostics;

namespace Eformer.Pool.Bench.Measuring;

/// <summary>The measuring of one work, over several rounds.</summary>
internal sealed class Measurement(Work work, BenchOptions options)
{
    private const int FewestSamples = 3;
    private readonly Samples _samples = new(Quantity.Ms);
    private readonly Dictionary<string, Samples> _parts = [];
    private TimeSpan? _cpu = TimeSpan.Zero;

    /// <summary>The work's name.</summary>
    public string Name => work.Name;

    /// <summary>Does the work without counting.</summary>
    /// <param name="first">Whether it was never done; later a little is enough, for the caches that the others took.</param>
    public void WarmUp(bool first)
    {
        long start = Stopwatch.GetTimestamp();
        for (int done = 0; work.Repetitions is null && !IsWarm(first, done, Stopwatch.GetElapsedTime(start)); done++)
        {
            Once();
        }
    }

    /// <summary>Measures one round.</summary>
    public void Round()
    {
        TimeSpan? before = CpuTime.OfThisTree();
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; GoesOn(i, start); i++)
        {
            _samples.Add(Once().TotalMilliseconds);
            AddParts();
        }

        _cpu += CpuTime.OfThisTree() - before;
    }

    /// <summary>What was measured: the work, then its parts.</summary>
    public IEnumerable<Figure> Figures() =>
    [
        Figure(work.Name, _samples, work.Repetitions is null ? _cpu?.TotalMilliseconds / _samples.Count : null, work.Reach) with { Floor = work.Floor },
        .. _parts.Select(part => Figure($"  {part.Key}", part.Value, cpu: null, reach: null)),
    ];

    private static Figure Figure(string name, Samples samples, double? cpu, double? reach) =>
        new(name, samples.Unit, samples.Percentile(0.5), samples.Percentile(0.99), samples.Count, cpu, reach);

    private void AddParts()
    {
        foreach ((string name, Quantity part) in work.Parts?.Invoke() ?? new Dictionary<string, Quantity>())
        {
            if (!_parts.TryGetValue(name, out Samples? samples))
            {
                _parts.Add(name, samples = new Samples(part.Unit));
            }

            samples.Add(part.Value);
        }
    }

    private TimeSpan Once() => work.Once().GetAwaiter().GetResult();

    // Code is compiled for good after some calls and some time; a slow work gets its time, but not for ever.
    private bool IsWarm(bool first, int done, TimeSpan elapsed) => !first
        ? done >= FewestSamples
        : elapsed >= options.WarmUp && (done >= options.WarmUpCount || elapsed >= options.LongestWarmUp);

    private bool GoesOn(int done, long start) => work.Repetitions is int all
        ? _samples.Count < all
        : done < FewestSamples || Stopwatch.GetElapsedTime(start) < options.Budget;
}
