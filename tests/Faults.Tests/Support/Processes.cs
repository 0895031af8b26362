using System.Globalization;
using System.Text;

namespace Eformer.Pool.Faults.Tests.Support;

/// <summary>Finds processes by a variable of their environment, which everything inherits that they start.</summary>
internal static class Processes
{
    /// <summary>The variable that marks everything of one fleet.</summary>
    public const string Marker = "POOL_TEST_FLEET";

    /// <summary>The living processes of a fleet: agents, runners and whatever user code has started.</summary>
    public static IReadOnlyList<int> Of(string fleet) => [.. All().Where(pid => IsMarked(pid, fleet))];

    /// <summary>Every living process of the machine.</summary>
    public static IReadOnlyList<int> All() =>
        [.. Directory.EnumerateDirectories("/proc").Select(Path.GetFileName)
            .Where(name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .Select(name => int.Parse(name!, CultureInfo.InvariantCulture))
            .Where(IsAlive)];

    /// <summary>Whether a process is there and more than a zombie.</summary>
    public static bool IsAlive(int pid)
    {
        string stat = Encoding.UTF8.GetString(Read(pid, "stat"));
        return stat.Length > 0 && stat[stat.LastIndexOf(')')..] is [_, _, not ('Z' or 'X'), ..];
    }

    /// <summary>How many files, sockets and pipes a process holds open.</summary>
    public static int OpenHandles(int pid) => Directory.EnumerateFileSystemEntries($"/proc/{pid.ToString(CultureInfo.InvariantCulture)}/fd").Count();

    /// <summary>The most memory that a process has ever used, in MiB.</summary>
    public static int PeakMemory(int pid)
    {
        string status = Encoding.UTF8.GetString(Read(pid, "status"));
        string peak = status.Split('\n').First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return int.Parse(peak.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }

    /// <summary>Program and arguments of a process; empty when it has ended.</summary>
    public static string CommandLine(int pid) => Encoding.UTF8.GetString(Read(pid, "cmdline")).Replace('\0', ' ');

    private static bool IsMarked(int pid, string fleet) =>
        Read(pid, "environ").AsSpan().IndexOf(Encoding.UTF8.GetBytes($"{Marker}={fleet}\0")) >= 0;

    private static byte[] Read(int pid, string file)
    {
        try
        {
            return File.ReadAllBytes($"/proc/{pid.ToString(CultureInfo.InvariantCulture)}/{file}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It has ended meanwhile, or is somebody else's.
            return [];
        }
    }
}
