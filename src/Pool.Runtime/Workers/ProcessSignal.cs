using System.Runtime.InteropServices;

namespace Eformer.Pool.Workers;

/// <summary>Signals to processes that are not this one's children.</summary>
internal static partial class ProcessSignal
{
    /// <summary>SIGTERM: asks a process to end.</summary>
    public const int Terminate = 15;

    /// <summary>SIGKILL.</summary>
    public const int Kill = 9;

    private const int NoSuchProcess = 3;

    /// <summary>Sends a signal. False when the process is another user's; one that has ended meanwhile is fine.</summary>
    public static bool TrySend(int processId, int signal) =>
        Send(processId, signal) == 0 || Marshal.GetLastPInvokeError() == NoSuchProcess;

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Send(int processId, int signal);
}
