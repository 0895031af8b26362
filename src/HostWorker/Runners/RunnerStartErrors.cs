using System.Net.Sockets;

namespace Eformer.Pool.HostWorker.Runners;

/// <summary>Why a runner cannot be started.</summary>
internal static class RunnerStartErrors
{
    private const string Limits = "Check the worker's installation and its limits on processes, open files and memory.";

    /// <summary>Its process, or what watches over that, cannot be made.</summary>
    public static SlicePoolException NoProcess(string program, Exception cause) => Failed(
        $"'{program}': {cause.Message.TrimEnd('.')}", Limits, program, cause);

    /// <summary>The agent has too few file descriptors left.</summary>
    public static SlicePoolException NoDescriptors(string runner, string why) => new(
        "RunnerStartFailed",
        PoolErrorCategory.ResourceUnavailable,
        $"A runner could not be started: {why}.",
        "Give the agent a higher limit on open files (LimitNOFILE of its service, ulimit -n), or fewer hosts to emulate.",
        runner);

    /// <summary>The socket that it would connect to cannot be made.</summary>
    public static SlicePoolException NoSocket(string path, SocketException cause) =>
        WhyNoFile(path) is { } why
            ? Failed($"its socket '{path}' cannot be made: {why}", "Make room on the disk of the agent's state folder, and see that the folder is there and the agent may write there.", path, cause)
            : Failed($"its socket '{path}' cannot be made: {cause.Message.TrimEnd('.')}", Limits, path, cause);

    // Of most reasons a socket only says that it does not know them; a file in the same place has words for them.
    private static string? WhyNoFile(string path)
    {
        try
        {
            using FileStream file = new(path + ".try", FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return exception.Message.TrimEnd('.');
        }
    }

    private static SlicePoolException Failed(string what, string advice, string target, Exception cause) => new(
        "RunnerStartFailed", PoolErrorCategory.ResourceUnavailable, $"A runner could not be started: {what}.", advice, target, cause);
}
