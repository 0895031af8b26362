using System.Globalization;

namespace Eformer.Pool.HostWorker.Runners;

/// <summary>Sees that starting runners leaves the agent file descriptors of its own: without any .NET cannot start a thread, and the process ends.</summary>
internal static class DescriptorReserve
{
    /// <summary>What a runner must not take: enough for the agent's files, connections and threads, and for what it needs to see a runner end.</summary>
    public const int Kept = 48;

    private const string LimitName = "Max open files";

    /// <summary>Why no runner may be started now; null when one may, or the system does not tell.</summary>
    public static string? Judge()
    {
        try
        {
            return OperatingSystem.IsLinux()
                ? Judge(Directory.EnumerateFileSystemEntries("/proc/self/fd").Count(), File.ReadAllText("/proc/self/limits"))
                : null;
        }
        catch (UnauthorizedAccessException)
        {
            return null;
        }
        catch (IOException exception)
        {
            return exception.Message.TrimEnd('.');
        }
    }

    /// <summary>Judges by the number of open files and the kernel's text on limits. Pure.</summary>
    public static string? Judge(int open, string limits) => LimitOf(limits) is { } limit && open + Kept > limit
        ? $"the agent has {open} of at most {limit} files open, and keeps {Kept} for itself"
        : null;

    // Max open files            1024                 524288               files
    private static int? LimitOf(string limits) =>
        Array.Find(limits.Split('\n'), line => line.StartsWith(LimitName, StringComparison.Ordinal)) is { } line
        && int.TryParse(line[LimitName.Length..].TrimStart().Split(' ')[0], NumberStyles.None, CultureInfo.InvariantCulture, out int limit)
            ? limit
            : null;
}
