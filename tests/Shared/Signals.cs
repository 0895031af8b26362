using System.Diagnostics;
using System.Globalization;

namespace Eformer.Pool.Testing;

/// <summary>Sends signals.</summary>
internal static class Signals
{
    /// <summary>Sends one signal to one process: <c>STOP</c>, <c>CONT</c>, <c>TERM</c>, <c>KILL</c>.</summary>
    public static async Task SendAsync(int processId, string signal, CancellationToken cancellationToken)
    {
        using Process kill = Process.Start("kill", ["-" + signal, processId.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(cancellationToken);
    }
}
