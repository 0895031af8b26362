using System.Globalization;
using Eformer.Pool.Store;

namespace Eformer.Pool.HostWorker.Agent;

/// <summary>Reads how much this machine has to do; proc(5) describes the two files.</summary>
internal static class MachineLoad
{
    private const string LoadFile = "/proc/loadavg";
    private const string MemoryFile = "/proc/meminfo";

    /// <summary>The load now; null where the system does not tell.</summary>
    public static AgentLoad? Read() =>
        File.Exists(LoadFile) && File.Exists(MemoryFile)
            ? Parse(File.ReadAllText(LoadFile), File.ReadLines(MemoryFile), Environment.ProcessorCount)
            : null;

    /// <summary>Makes sense of the two files.</summary>
    internal static AgentLoad? Parse(string load, IEnumerable<string> memory, int processors)
    {
        string? available = memory.FirstOrDefault(line => line.StartsWith("MemAvailable:", StringComparison.Ordinal));
        string[] parts = available?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        return double.TryParse(load.Split(' ')[0], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double load1)
            && parts.Length >= 2 && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out long kilobytes)
                ? new AgentLoad(load1, processors, kilobytes / 1024)
                : null;
    }
}
