using System.Globalization;

namespace Eformer.Pool.HostWorker.Runners.Containment;

/// <summary>One process as the kernel describes it.</summary>
/// <param name="Pid">Its id.</param>
/// <param name="Parent">The id of its parent.</param>
/// <param name="Session">The id of its session.</param>
/// <param name="StartTicks">When it started, in clock ticks since boot: tells processes apart that had the same id.</param>
/// <param name="State">The kernel's letter for its state.</param>
internal sealed record ProcessEntry(int Pid, int Parent, int Session, long StartTicks, char State)
{
    /// <summary>Whether it still can do anything; a zombie only waits to be collected.</summary>
    public bool IsAlive => State is not ('Z' or 'X');

    /// <summary>Reads a line of /proc/*/stat.</summary>
    public static ProcessEntry? TryParse(string stat)
    {
        // The second field is the program's name in parentheses and may itself hold blanks and parentheses.
        int nameStart = stat.IndexOf('(', StringComparison.Ordinal);
        int nameEnd = stat.LastIndexOf(')');
        if (nameStart < 0 || nameEnd < nameStart)
        {
            return null;
        }

        string[] fields = stat[(nameEnd + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > 19
            && int.TryParse(stat.AsSpan(0, nameStart), CultureInfo.InvariantCulture, out int pid)
            && int.TryParse(fields[1], CultureInfo.InvariantCulture, out int parent)
            && int.TryParse(fields[3], CultureInfo.InvariantCulture, out int session)
            && long.TryParse(fields[19], CultureInfo.InvariantCulture, out long start)
                ? new ProcessEntry(pid, parent, session, start, fields[0][0])
                : null;
    }
}
