using Eformer.Pool.Files;

namespace Eformer.Pool.HostWorker.Agent;

/// <summary>Makes sure that one agent at a time uses a state folder: two would overwrite each other's fences.</summary>
internal sealed class AgentLock : IDisposable
{
    // EWOULDBLOCK of the kernel, ERROR_SHARING_VIOLATION of Windows.
    private static readonly int[] s_taken = [11, unchecked((int)0x80070020)];

    private readonly FileStream _file;

    private AgentLock(FileStream file) => _file = file;

    /// <exception cref="SlicePoolException"><c>AgentRunning</c>: another agent has it; <c>StateFolderUnusable</c>, <c>StateFolderExposed</c>.</exception>
    public static AgentLock Take(string folder)
    {
        string path = Path.Combine(Create(folder), "agent.lock");
        RefuseExposed(folder);
        try
        {
            // An advisory lock of the kernel: it goes with the process, however that ends.
            return new AgentLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException exception) when (s_taken.Contains(exception.HResult))
        {
            throw new SlicePoolException(
                "AgentRunning",
                PoolErrorCategory.ResourceBusy,
                $"Another agent of this fleet uses the state folder '{folder}'.",
                "Run one agent per machine and fleet; for a second one, for tests, give another folder with --state.",
                folder,
                exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw PrivateFolder.StateUnusable(folder, exception);
        }
    }

    public void Dispose() => _file.Dispose();

    // Who may put things there could lower fences, or have this agent remove what it does not own.
    private static void RefuseExposed(string folder)
    {
        if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(folder).HasFlag(UnixFileMode.OtherWrite))
        {
            throw new SlicePoolException(
                "StateFolderExposed",
                PoolErrorCategory.SecurityError,
                $"Everybody may write to the state folder '{folder}', which holds this host's fences.",
                $"Take that right away: chmod o-w '{folder}'; or give another folder with --state.",
                folder);
        }
    }

    private static string Create(string folder)
    {
        try
        {
            return PrivateFolder.Create(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw PrivateFolder.StateUnusable(folder, exception);
        }
    }
}
