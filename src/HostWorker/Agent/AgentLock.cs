using Eformer.Pool.Files;

namespace Eformer.Pool.HostWorker.Agent;

/// <summary>Makes sure that one agent at a time uses a state folder: two would overwrite each other's fences.</summary>
internal sealed class AgentLock : IDisposable
{
    private readonly FileStream _file;

    private AgentLock(FileStream file) => _file = file;

    /// <exception cref="SlicePoolException"><c>AgentRunning</c>: another agent has it.</exception>
    public static AgentLock Take(string folder)
    {
        string path = Path.Combine(Create(folder), "agent.lock");
        try
        {
            // An advisory lock of the kernel: it goes with the process, however that ends.
            return new AgentLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException exception)
        {
            throw new SlicePoolException(
                "AgentRunning",
                PoolErrorCategory.ResourceBusy,
                $"Another agent of this fleet uses the state folder '{folder}'.",
                "Run one agent per machine and fleet; for a second one, for tests, give another folder with --state.",
                folder,
                exception);
        }
    }

    public void Dispose() => _file.Dispose();

    private static string Create(string folder)
    {
        try
        {
            return PrivateFolder.Create(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SlicePoolException(
                "StateFolderUnusable",
                PoolErrorCategory.InvalidArgument,
                $"The state folder '{folder}' cannot be used: {exception.Message}",
                "Give a folder that this user may create and write to with --state.",
                folder,
                exception);
        }
    }
}
