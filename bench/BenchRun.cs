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
    private const int Failed = 1;

    /// <summary>Measures, prints a table, and writes the figures to a file when asked to.</summary>
    public static int Run(BenchOptions options)
    {
        MachineFacts machine = new();
        List<IWorks> groups = [];
        try
        {
            PoolRuns pool = PoolRuns.Start();
            groups.Add(pool);
            groups.Add(new TypedRuns(pool.Manager));
            groups.Add(new EngineFloor());
            groups.Add(Wait(RunnerFloor.StartAsync()));
            groups.AddRange(Wait(StoreFloor.StartAllAsync(machine)));
            groups.Add(new ColdStart(options.ColdStarts));
            groups.AddRange(DaskPeer.IfInstalled(options, machine));
            groups.AddRange(OperatingSystem.IsLinux() ? SlurmPeer.IfInstalled(options, machine) : []);
            groups.AddRange(ParallelPeer.IfInstalled(options, machine));
            groups.AddRange(OperatingSystem.IsLinux() ? SessionPeer.IfInstalled(options, machine) : []);
            groups.AddRange(OrleansPeer.IfBuilt(options, machine));
            groups.Add(new Volumes(options));
            groups.Add(new TypedFleet(options));
            groups.Add(new LeaseRuns(options));
            groups.Add(new StoredRuns(options));
            groups.Add(new GeneratorCost(options.GeneratorRuns));
            groups.Add(new CompilerCost(options.GeneratorRuns));
            IReadOnlyList<Figure> figures = Measure(options, machine, groups);
            if (figures.Count == 0 && !machine.HasFailures)
            {
                Console.Error.WriteLine($"No work has '{options.Only}' in its name.");
                return BenchOptions.Usage;
            }

            TableReport.Write(Console.Out, machine, figures);
            JsonReport.Write(options.JsonFile, machine, figures);
            return machine.HasFailures ? Failed : 0;
        }
        finally
        {
            groups.ForEach(static group => Wait(group.DisposeAsync().AsTask()));
        }
    }

    private static IReadOnlyList<Figure> Measure(BenchOptions options, MachineFacts machine, IReadOnlyList<IWorks> groups)
    {
        Measurement[] inRounds = [.. groups.SelectMany(group => Choose(options, group, static work => work.Repetitions is null))];
        MeasureInRounds(options, inRounds);
        Measurement[] inOneGo = [.. groups.SelectMany(group => MeasureInOneGo(options, machine, group))];
        return [.. inRounds.Concat(inOneGo).SelectMany(measurement => measurement.Figures())];
    }

    private static Measurement[] Choose(BenchOptions options, IWorks group, Func<Work, bool> predicate) =>
    [
        .. group.Works.Where(predicate)
            .Where(work => options.Only is null || work.Name.Contains(options.Only, StringComparison.OrdinalIgnoreCase))
            .Select(work => new Measurement(work, options)),
    ];

    private static void MeasureInRounds(BenchOptions options, Measurement[] measurements)
    {
        for (int round = 0; round < options.Rounds; round++)
        {
            foreach (Measurement measurement in measurements)
            {
                measurement.WarmUp(first: round == 0);
                measurement.Round();
            }
        }
    }

    private static Measurement[] MeasureInOneGo(BenchOptions options, MachineFacts machine, IWorks group)
    {
        Measurement[] measured =
        [
            .. Choose(options, group, static work => work.Repetitions is not null).Where(measurement => TryRound(machine, measurement)),
        ];
        Wait(group.RestAsync().AsTask());
        return measured;
    }

    // One that fails must not take along what the others have measured in a quarter of an hour.
    private static bool TryRound(MachineFacts machine, Measurement measurement)
    {
        try
        {
            measurement.Round();
            return true;
        }
        catch (Exception exception) when (exception is SlicePoolException or InvalidOperationException)
        {
            machine.AddFailed(measurement.Name, exception.Message);
            return false;
        }
    }

    private static void Wait(Task task) => task.GetAwaiter().GetResult();

    private static T Wait<T>(Task<T> task) => task.GetAwaiter().GetResult();
}
