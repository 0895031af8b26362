using Eformer.Pool.Bench.Measuring;
using Eformer.Pool.Bench.Reports;
using Eformer.Pool.Bench.Works;

namespace Eformer.Pool.Bench;

/// <summary>One run of everything.</summary>
internal static class BenchRun
{
    /// <summary>Measures, prints a table, and writes the figures to a file when asked to.</summary>
    public static async Task<int> RunAsync(BenchOptions options)
    {
        MachineFacts machine = new();
        List<IWorks> groups = [];
        try
        {
            groups.Add(await PoolRuns.StartAsync());
            groups.Add(new EngineFloor());
            groups.Add(await RunnerFloor.StartAsync());
            groups.AddRange(await StoreFloor.StartAllAsync(machine));
            groups.Add(new ColdStart(options.ColdStarts));
            IReadOnlyList<Figure> figures = await MeasureAsync(options, groups);
            TableReport.Write(Console.Out, machine, figures);
            await JsonReport.WriteAsync(options.JsonFile, machine, figures);
            return 0;
        }
        finally
        {
            foreach (IWorks group in groups)
            {
                await group.DisposeAsync();
            }
        }
    }

    private static async Task<IReadOnlyList<Figure>> MeasureAsync(BenchOptions options, IEnumerable<IWorks> groups)
    {
        Measurement[] measurements =
        [
            .. groups.SelectMany(group => group.Works)
                .Where(work => options.Only is null || work.Name.Contains(options.Only, StringComparison.OrdinalIgnoreCase))
                .Select(work => new Measurement(work, options)),
        ];
        for (int round = 0; round < options.Rounds; round++)
        {
            foreach (Measurement measurement in measurements)
            {
                await measurement.WarmUpAsync(first: round == 0);
                await measurement.RoundAsync();
            }
        }

        return [.. measurements.Select(measurement => measurement.Figure())];
    }
}
