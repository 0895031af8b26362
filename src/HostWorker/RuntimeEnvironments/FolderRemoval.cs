namespace Eformer.Pool.HostWorker.RuntimeEnvironments;

/// <summary>Removes folders that user code had its hands in.</summary>
internal static class FolderRemoval
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Finds everything in one folder.</summary>
    public static EnumerationOptions Everything { get; } = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    /// <summary>Removes a folder with everything in it; links in it go, what they lead to stays.</summary>
    /// <returns>Why it could not be removed; null when it is gone or was not there.</returns>
    public static string? TryRemove(string folder)
    {
        try
        {
            DirectoryInfo there = new(folder);
            if (there.Exists)
            {
                Unlock(there);
                Directory.Delete(folder, recursive: true);
            }

            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Of another user perhaps: it is tried again when the agent starts the next time.
            return exception.Message;
        }
    }

    // A script may have taken the right to remove from a folder, as tools that unpack archives do.
    private static void Unlock(DirectoryInfo folder)
    {
        if (OperatingSystem.IsWindows() || folder.LinkTarget is not null)
        {
            return;
        }

        if ((folder.UnixFileMode & OwnerOnly) != OwnerOnly)
        {
            folder.UnixFileMode |= OwnerOnly;
        }

        foreach (DirectoryInfo inner in folder.EnumerateDirectories("*", Everything))
        {
            Unlock(inner);
        }
    }
}
