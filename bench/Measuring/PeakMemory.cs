using System.Globalization;

namespace Eformer.Pool.Bench.Measuring;

/// <summary>The most memory that processes of a local pool ever had resident, as the kernel keeps it (VmHWM).</summary>
internal static class PeakMemory
{
    private const string Field = "VmHWM:";
    private const long BytesPerKilobyte = 1024;

    /// <summary>That of this process, its agent, the largest of its runners, and its store, in bytes; empty where the system does not tell.</summary>
    public static IReadOnlyDictionary<string, long> OfLocalPool()
    {
        if (!OperatingSystem.IsLinux())
        {
            return new Dictionary<string, long>();
        }

        ILookup<int, int> children = ProcessEntry.ReadAll().ToLookup(static entry => entry.Parent, static entry => entry.Id);
        int[] workers = [.. children[Environment.ProcessId]];
        int agent = workers.Single(static id => RoleOf(id) == "agent");
        return new Dictionary<string, long>
        {
            ["driver"] = Read(Environment.ProcessId),
            ["agent"] = Read(agent),
            ["largest runner"] = children[agent].Where(static id => RoleOf(id) == "runner").Max(Read),
            ["store"] = Read(workers.Single(static id => RoleOf(id) == "store")),
        };
    }

    // What the worker program was told to be: its first argument.
    private static string RoleOf(int processId) => File.ReadAllText($"/proc/{processId}/cmdline").Split('\0').ElementAtOrDefault(1) ?? "";

    private static long Read(int processId)
    {
        string line = File.ReadLines($"/proc/{processId}/status").First(static line => line.StartsWith(Field, StringComparison.Ordinal));
        return long.Parse(line[Field.Length..^"kB".Length].Trim(), NumberStyles.None, CultureInfo.InvariantCulture) * BytesPerKilobyte;
    }
}
