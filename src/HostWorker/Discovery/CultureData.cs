using System.Runtime.InteropServices;

namespace Eformer.Pool.HostWorker.Discovery;

/// <summary>Whether this host has the data of cultures, and what to do without: scripts are to see the cultures that any other .NET program sees here.</summary>
internal static partial class CultureData
{
    // What the runtime itself asks when a culture is first needed, and it ends the process when the answer is no.
    private const string RuntimeLibrary = "libSystem.Globalization.Native";

    /// <summary>
    /// Goes on with the invariant culture alone where ICU is not installed. To be called before anything of this process needs a
    /// culture: the runtime decides once, and without ICU it ends the process unless it was told before.
    /// </summary>
    internal static void DoWithoutIfMissing()
    {
        if (!OperatingSystem.IsWindows() && !IsInstalled())
        {
            AppContext.SetSwitch("System.Globalization.Invariant", true);
        }
    }

    private static bool IsInstalled()
    {
        try
        {
            return LoadIcu() != 0;
        }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException)
        {
            // Another runtime with another library: it has a way of its own, and says itself what it misses.
            return true;
        }
    }

    [LibraryImport(RuntimeLibrary, EntryPoint = "GlobalizationNative_LoadICU")]
    private static partial int LoadIcu();
}
