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

        IReadOnlyList<ProcessEntry> all = ProcessEntry.ReadAll();
        ILookup<int, ProcessEntry> children = all.ToLookup(entry => entry.Parent);
        long ticks = all.Where(entry => entry.Id == Environment.ProcessId).Sum(entry => Sum(entry, children));
        return TimeSpan.FromSeconds(ticks / TicksPerSecond);
    }

    /// <summary>What one process has used; null where the system does not tell, or it has ended.</summary>
    public static TimeSpan? Of(int processId) =>
        OperatingSystem.IsLinux() && ProcessEntry.Read(processId) is { } entry ? TimeSpan.FromSeconds(entry.Ticks / TicksPerSecond) : null;

    private static long Sum(ProcessEntry entry, ILookup<int, ProcessEntry> children) =>
        entry.Ticks + children[entry.Id].Sum(child => Sum(child, children));
}
