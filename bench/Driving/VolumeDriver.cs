using System.Diagnostics;
using System.Globalization;
using Eformer.Pool.Bench.Measuring;
using Eformer.Pool.Bench.Works;

namespace Eformer.Pool.Bench.Driving;

/// <summary>
/// A driver of its own for one volume, with a local pool of two slices with four hosts each: what its processes use at most is then of
/// this volume alone. Prints the time and the memory, and ends.
/// </summary>
internal static class VolumeDriver
{
    /// <summary>The argument that asks for it; the volume's name follows.</summary>
    public const string Verb = "volume";

    /// <summary>The first word of the line with the figures: milliseconds, then names of processes with their bytes, parted by tabs.</summary>
    public const string Answer = "took";

    /// <summary>Receives the volume once.</summary>
    public static async Task<int> RunAsync(string name)
    {
        Volume volume = Volume.All.Single(volume => volume.Name == name);
        await using SlicePoolManager pool = await SlicePoolManager.OpenAsync(new SlicePoolOptions { HostsPerSlice = 4, LocalSliceCount = 2 });
        await pool.ScaleMultisliceAsync(2);
        long start = Stopwatch.GetTimestamp();
        await ReceiveAsync(pool, volume);
        double took = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        IEnumerable<string> memory = PeakMemory.OfLocalPool().Select(part => string.Create(CultureInfo.InvariantCulture, $"\t{part.Key}\t{part.Value}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Answer}\t{took}{string.Concat(memory)}"));
        return 0;
    }

    // Objects are counted and dropped.
    private static async Task ReceiveAsync(SlicePoolManager pool, Volume volume)
    {
        long objects = 0;
        bool cut = false;
        await using RunHandle run = await pool.StartRunAsync(volume.Request);
        await foreach (RunRecord record in run.Records.ReadAllAsync())
        {
            objects += CountObjects(record);
            cut |= record.End is { OutputBytes: > 0 };
            if (record.End is { Outcome: not RunOutcome.Succeeded } end)
            {
                throw new InvalidOperationException($"{record.Host}: {end.Outcome}: {end.Evidence}");
            }
        }

        volume.Check(objects, cut);
    }

    // Only integers and strings are sent, and in no string there is markup.
    private static int CountObjects(RunRecord record) => record.Kind == RecordKind.Output
        ? record.Data.Span.Count("</I32>"u8) + record.Data.Span.Count("</S>"u8)
        : 0;
}
