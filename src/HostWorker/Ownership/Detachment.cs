using System.ComponentModel;
using System.Runtime.InteropServices;
using Eformer.Pool.HostWorker.Runners.Containment;

namespace Eformer.Pool.HostWorker.Ownership;

/// <summary>Leaves whoever started this process: his terminal, its signals and its streams.</summary>
internal static partial class Detachment
{
    private const int StandardInput = 0;
    private const int StandardError = 2;
    private const int ReadOnly = 0;
    private const int WriteOnly = 1;
    private const int Create = 0x40;
    private const int Append = 0x400;
    private const int CloseOnExecute = 0x80000;
    private const int OwnerOnly = 0b110_000_000;

    /// <summary>
    /// Becomes the leader of a new session, so that no terminal's Ctrl+C or hang-up arrives, reads from nothing, and has everything
    /// that is said on standard error, also by the runtime when it crashes, appended to a file. Standard output stays for "ready".
    /// </summary>
    /// <remarks>To be called before anything was said.</remarks>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Leave(string logFile)
    {
        // It fails for one that leads a session already, which is what is wanted.
        _ = NativeMethods.StartSession();
        Put("/dev/null", ReadOnly, StandardInput);
        Put(logFile, WriteOnly | Create | Append, StandardError);
    }

    // .NET keeps positions to itself; the descriptor's own must be at the end, whoever writes to it.
    private static void Put(string file, int flags, int descriptor)
    {
        int opened = Open(file, flags | CloseOnExecute, OwnerOnly);
        if (opened < 0 || Duplicate(opened, descriptor) < 0)
        {
            throw new IOException($"'{file}' cannot be used: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");
        }

        _ = Close(opened);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "dup2", SetLastError = true)]
    private static partial int Duplicate(int from, int to);
}
