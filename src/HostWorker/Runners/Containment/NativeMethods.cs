using System.Runtime.InteropServices;

namespace Eformer.Pool.HostWorker.Runners.Containment;

/// <summary>What .NET has no call for.</summary>
internal static partial class NativeMethods
{
    /// <summary>The signal that cannot be caught.</summary>
    public const int SigKill = 9;

    /// <summary>The signal that asks a process to end.</summary>
    public const int SigTerm = 15;

    /// <summary>Option of <see cref="Control"/>: orphans below this process become its children.</summary>
    public const int SetChildSubreaper = 36;

    /// <summary>Option of <see cref="WaitForChild"/>: return at once.</summary>
    public const int NoHang = 1;

    /// <summary>Makes the calling process the leader of a new session. -1 if it leads one already.</summary>
    [LibraryImport("libc", EntryPoint = "setsid", SetLastError = true)]
    public static partial int StartSession();

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    public static partial int Control(int option, nuint argument2, nuint argument3, nuint argument4, nuint argument5);

    /// <summary>Sends a signal. -1 with an errno when it could not be sent.</summary>
    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    public static partial int Kill(int pid, int signal);

    /// <summary>Collects a dead child. <paramref name="status"/> is an address or 0.</summary>
    [LibraryImport("libc", EntryPoint = "waitpid", SetLastError = true)]
    public static partial int WaitForChild(int pid, nint status, int options);

    /// <summary>Ends the process at once: no finalizers, no handlers, nothing that user code could hold up.</summary>
    [LibraryImport("libc", EntryPoint = "_exit")]
    public static partial void ExitNow(int code);
}
