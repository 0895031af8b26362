using System.Diagnostics;
using System.Globalization;

namespace Eformer.Pool.Testing;

/// <summary>Sends signals.</summary>
internal static class Signals
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    /// <summary>Sends one signal to one process: <c>STOP</c>, <c>CONT</c>, <c>TERM</c>, <c>KILL</c>.</summary>
    public static async Task SendAsync(int processId, string signal, CancellationToken cancellationToken)
    {
        using Process kill = Process.Start("kill", ["-" + signal, processId.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(cancellationToken);
        if (signal == "STOP")
        {
            // Threads that are on a processor, or in the kernel, stop a moment later.
            await Eventually.TrueAsync(() => Task.FromResult(IsStopped(processId)), "the process is stopped", s_patience, cancellationToken);
        }
    }

    private static bool IsStopped(int processId) =>
        Directory.EnumerateDirectories(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/task"))
            .All(thread => File.ReadAllText(Path.Combine(thread, "stat")).Split(") ")[^1].StartsWith('T'));
}
