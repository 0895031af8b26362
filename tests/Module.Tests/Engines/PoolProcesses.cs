using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Eformer.Pool.Module.Tests.Engines;

/// <summary>The processes of local pools, from what the system says of them.</summary>
internal static class PoolProcesses
{
    /// <summary>The temporary folders of the local pools that a process has started and not ended.</summary>
    public static IReadOnlyList<string> FoldersOf(int processId) =>
        [.. All().Where(process => process.ParentId == processId).SelectMany(Folders).Distinct()];

    /// <summary>Everything that has to do with a pool's folder: agent, store, runners, and what these started.</summary>
    public static IReadOnlyList<string> Using(string folder) =>
        [.. All().Where(process => process.CommandLine.Contains(folder) || process.Environment.Contains(folder)).Select(process => process.CommandLine)];

    /// <summary>The store and the agent of a pool's folder.</summary>
    public static IReadOnlyList<int> IdsUsing(string folder) =>
        [.. All().Where(process => process.ParentId == Environment.ProcessId && process.CommandLine.Contains(folder)).Select(process => process.Id)];

    private static IEnumerable<string> Folders(ProcessFacts process) =>
        process.CommandLine.Split(' ').Where(part => part.StartsWith(Path.Combine(Path.GetTempPath(), "eformer-")))
            .Select(part => Path.Combine(Path.GetTempPath(), Path.GetRelativePath(Path.GetTempPath(), part).Split('/')[0]));

    private static IEnumerable<ProcessFacts> All() => Process.GetProcesses().Select(Read).OfType<ProcessFacts>();

    private static ProcessFacts? Read(Process process)
    {
        try
        {
            string status = File.ReadAllText($"/proc/{process.Id}/stat");
            int parent = int.Parse(status[(status.LastIndexOf(')') + 4)..].Split(' ')[0], CultureInfo.InvariantCulture);
            return new ProcessFacts(process.Id, parent, Text(process.Id, "cmdline"), Text(process.Id, "environ"));
        }
        catch (IOException)
        {
            // It has ended meanwhile.
            return null;
        }
        catch (UnauthorizedAccessException)
        {
            // Somebody else's, so none of ours.
            return null;
        }
        finally
        {
            process.Dispose();
        }
    }

    private static string Text(int processId, string file) =>
        Encoding.UTF8.GetString(File.ReadAllBytes($"/proc/{processId}/{file}")).Replace('\0', ' ');

    private sealed record ProcessFacts(int Id, int ParentId, string CommandLine, string Environment);
}
