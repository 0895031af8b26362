using System.Globalization;
using Eformer.Pool.HostWorker.Runners.Containment;

namespace Eformer.Pool.HostWorker.Runners.Inside;

/// <summary>Collects dead orphans, who would otherwise stay zombies as long as the runner lives.</summary>
/// <remarks>
/// A runner adopts what its children leave behind. .NET collects only children it has started itself, and does so at once:
/// a zombie that is met twice, seconds apart, is nobody's but ours.
/// </remarks>
internal sealed class OrphanCollector(TimeProvider clock)
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(5);
    private HashSet<int> _met = [];
    private long _last = clock.GetTimestamp();

    /// <summary>Looks, unless it has just done so. Called between runs, when nobody waits.</summary>
    public void Collect()
    {
        if (!OperatingSystem.IsLinux() || clock.GetElapsedTime(_last) < s_pause)
        {
            return;
        }

        _last = clock.GetTimestamp();
        try
        {
            CollectNow();
        }
        catch (IOException)
        {
            // A script has left no file descriptor to look with: its session goes on without that.
        }
    }

    private void CollectNow()
    {
        HashSet<int> zombies = [.. Children().Where(pid => ProcessTable.Read(pid) is { IsAlive: false })];
        foreach (int pid in zombies.Where(_met.Contains))
        {
            // A failure means that somebody else was faster.
            _ = NativeMethods.WaitForChild(pid, 0, NativeMethods.NoHang);
        }

        _met = zombies;
    }

    private static IEnumerable<int> Children()
    {
        foreach (string thread in Directory.EnumerateDirectories("/proc/self/task"))
        {
            string file = Path.Combine(thread, "children");
            foreach (string pid in Read(file).Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                yield return int.Parse(pid, CultureInfo.InvariantCulture);
            }
        }
    }

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException exception) when (!Shortage.Is(exception))
        {
            // The thread ended while we looked; its children are another thread's now, and met next time.
            return "";
        }
    }
}
