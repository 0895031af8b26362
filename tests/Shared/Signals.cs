using System.Diagnostics;
using System.Globalization;

namespace Eformer.Pool.Testing;

/// <summary>Sends signals.</summary>
internal static class Signals
{
    /// <summary>Sends one signal to one process: <c>STOP</c>, <c>CONT</c>, <c>TERM</c>, <c>KILL</c>. A process that is to stop has stopped when it returns.</summary>
    public static async Task SendAsync(int processId, string signal, CancellationToken cancellationToken)
    {
        string pid = processId.ToString(CultureInfo.InvariantCulture);
        using Process kill = Process.Start("kill", ["-" + signal, pid]);
        await kill.WaitForExitAsync(cancellationToken);
        if (signal == "STOP")
        {
            // One thread has to be scheduled to take the signal; until then the others go on.
            await Eventually.TrueAsync(
                () => Task.FromResult(Directory.EnumerateDirectories($"/proc/{pid}/task").All(IsStopped)), $"process {pid} has stopped", cancellationToken);
        }
    }

    private static bool IsStopped(string thread)
    {
        string stat = File.ReadAllText(Path.Combine(thread, "stat"));
        return stat[stat.LastIndexOf(')')..] is [_, _, 'T', ..];
    }
}
