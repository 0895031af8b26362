using System.Globalization;
using System.Text;

namespace Eformer.Pool.HostWorker.Runners.Containment;

/// <summary>The processes of this machine, read from /proc. Empty where there is none.</summary>
internal static class ProcessTable
{
    private const string Root = "/proc";

    /// <summary>Every process that can be seen.</summary>
    /// <exception cref="IOException">No look can be taken: file descriptors are short. That is never told as if there was no process.</exception>
    public static IReadOnlyList<ProcessEntry> ReadAll()
    {
        List<ProcessEntry> entries = [];
        if (!OperatingSystem.IsLinux())
        {
            return entries;
        }

        foreach (string folder in Directory.EnumerateDirectories(Root))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out int pid) && Read(pid) is { } entry)
            {
                entries.Add(entry);
            }
        }

        return entries;
    }

    /// <summary>The processes below one, however deep.</summary>
    public static IReadOnlyList<ProcessEntry> DescendantsOf(int pid)
    {
        ILookup<int, ProcessEntry> children = ReadAll().ToLookup(entry => entry.Parent);
        List<ProcessEntry> found = [.. children[pid]];
        for (int at = 0; at < found.Count; at++)
        {
            found.AddRange(children[found[at].Pid]);
        }

        return found;
    }

    /// <summary>One process, or null when there is none of this id.</summary>
    /// <exception cref="IOException">No look can be taken: file descriptors are short.</exception>
    public static ProcessEntry? Read(int pid) =>
        ReadFile(pid, "stat") is { } stat ? ProcessEntry.TryParse(Encoding.UTF8.GetString(stat)) : null;

    /// <summary>Whether a process was started with this variable in its environment.</summary>
    public static bool HasVariable(int pid, string name, string value)
    {
        ReadOnlySpan<byte> environment = ReadFile(pid, "environ");
        int at = environment.IndexOf(Encoding.UTF8.GetBytes($"{name}={value}\0"));
        return at == 0 || (at > 0 && environment[at - 1] == 0);
    }

    /// <summary>The environment a process was started with; empty when it cannot be read.</summary>
    public static string[] ReadVariables(int pid) => Encoding.UTF8.GetString(ReadFile(pid, "environ") ?? []).Split('\0');

    private static byte[]? ReadFile(int pid, string file)
    {
        try
        {
            return File.ReadAllBytes($"{Root}/{pid.ToString(CultureInfo.InvariantCulture)}/{file}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException && !Shortage.Is(e))
        {
            // It ended while we looked, or is somebody else's.
            return null;
        }
    }
}
