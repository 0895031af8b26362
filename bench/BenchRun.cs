using Eformer.Pool.Bench.Measuring;
using Eformer.Pool.Bench.Reports;
using Eformer.Pool.Bench.Works;

namespace Eformer.Pool.Bench;

/// <summary>One run of everything.</summary>
/// <remarks>
/// On the program's own thread, as a session's scripts are on pwsh's: a session that held a thread of the pool would make
/// the pool short of threads, and be slow for no reason that a user has.
/// </remarks>
internal static class BenchRun
{
    /// <summary>Measures, prints a table, and writes the figures to a file when asked to.</summary>
    public static int Run(BenchOptions options)
    {
        MachineFacts machine = new();
        List<IWorks> groups = [];
        try
        {
            groups.Add(PoolRuns.Start());
            groups.Add(new EngineFloor());
            groups.Add(Wait(RunnerFloor.StartAsync()));
            groups.AddRange(Wait(StoreFloor.StartAllAsync(machine)));
            groups.Add(new ColdStart(options.ColdStarts));
            groups.Add(new LeaseRuns(options));
            IReadOnlyList<Figure> figures = Measure(options, groups);
            TableReport.Write(Console.Out, machine, figures);
            JsonReport.Write(options.JsonFile, machine, figures);
            return 0;
        }
        finally
        {
            groups.ForEach(static group => Wait(group.DisposeAsync().AsTask()));
        }
    }

    private static IReadOnlyList<Figure> Measure(BenchOptions options, IEnumerable<IWorks> groups)
    {
        Work[] works =
        [
            .. groups.SelectMany(group => group.Works)
                .Where(work => options.Only is null || work.Name.Contains(options.Only, StringComparison.OrdinalIgnoreCase)),
        ];
        Measurement[] measurements = [.. works.Where(work => work.Repetitions is null).Select(work => new Measurement(work, options))];
        for (int round = 0; round < options.Rounds; round++)
        {
            foreach (Measurement measurement in measurements)
            {
                measurement.WarmUp(first: round == 0);
                measurement.Round();
            }
        }

        Measurement[] last = [.. works.Where(work => work.Repetitions is not null).Select(work => new Measurement(work, options))];
        Array.ForEach(last, measurement => measurement.Round());
        return [.. measurements.Concat(last).SelectMany(measurement => measurement.Figures())];
    }

    private static void Wait(Task task) => task.GetAwaiter().GetResult();

    private static T Wait<T>(Task<T> task) => task.GetAwaiter().GetResult();
}
