using System.Globalization;

namespace Eformer.Pool.Bench.Measuring;

/// <summary>Processor time, which tells what work costs even while others use the machine too.</summary>
internal static class CpuTime
{
    // USER_HZ: what the kernel counts in towards programs, whatever it uses inside.
    private const double TicksPerSecond = 100;

    /// <summary>What this process and all it started that still run have used; null where the system does not tell.</summary>
    public static TimeSpan? OfThisTree()
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        Entry[] all = [.. Directory.EnumerateDirectories("/proc").Select(Read).OfType<Entry>()];
        ILookup<int, Entry> children = all.ToLookup(entry => entry.Parent);
        long ticks = all.Where(entry => entry.Id == Environment.ProcessId).Sum(entry => Sum(entry, children));
        return TimeSpan.FromSeconds(ticks / TicksPerSecond);
    }

    /// <summary>What one process has used; null where the system does not tell, or it has ended.</summary>
    public static TimeSpan? Of(int processId) =>
        OperatingSystem.IsLinux() && Read($"/proc/{processId}") is { } entry ? TimeSpan.FromSeconds(entry.Ticks / TicksPerSecond) : null;

    private static long Sum(Entry entry, ILookup<int, Entry> children) => entry.Ticks + children[entry.Id].Sum(child => Sum(child, children));

    private static Entry? Read(string folder)
    {
        if (!int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int id))
        {
            return null;
        }

        try
        {
            string text = File.ReadAllText(Path.Combine(folder, "stat"));
            // The name, in brackets, may hold anything; after it come state, parent, and at 11 and 12 the times.
            string[] fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return new Entry(id, (int)Number(fields[1]), Number(fields[11]) + Number(fields[12]));
        }
        catch (IOException)
        {
            // It has ended meanwhile.
            return null;
        }
    }

    private static long Number(string text) => long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    private sealed record Entry(int Id, int Parent, long Ticks);
}
