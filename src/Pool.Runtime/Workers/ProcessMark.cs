using System.Globalization;

namespace Eformer.Pool.Workers;

/// <summary>Tells a process from another that has its id later: by when it started.</summary>
internal static class ProcessMark
{
    // proc_pid_stat(5): state is field 3, starttime field 22. Field 2, in brackets, may hold anything.
    private const int StateField = 3;
    private const int StartField = 22;

    /// <summary>When a process started, in clock ticks since boot; 0 when there is none or the system does not tell.</summary>
    public static long StartOf(int processId) => Read(processId) is { } fields
        && long.TryParse(fields[StartField - StateField], NumberStyles.None, CultureInfo.InvariantCulture, out long start) ? start : 0;

    /// <summary>Whether the process that started then still runs; one that has only not been collected does not.</summary>
    public static bool IsAlive(int processId, long started) =>
        Read(processId) is { } fields && fields[0] is not ("Z" or "X") && (started == 0 || StartOf(processId) == started);

    private static string[]? Read(int processId)
    {
        try
        {
            string stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/stat"));
            string[] fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return fields.Length > StartField - StateField ? fields : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It has ended, or there is no such file system.
            return null;
        }
    }
}
