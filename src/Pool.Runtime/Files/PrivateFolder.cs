namespace Eformer.Pool.Files;

/// <summary>Folders that only their owner can enter, and where state belongs.</summary>
public static class PrivateFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Makes a folder, and those above it that are missing, for the owner only.</summary>
    public static string Create(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, OwnerOnly);
        }

        return path;
    }

    /// <summary>Makes a new folder for what lives only as long as a pool.</summary>
    /// <remarks>Short names: a Unix socket's path has at most 107 bytes.</remarks>
    /// <exception cref="SlicePoolException"><c>TemporaryFolderUnusable</c>.</exception>
    public static string CreateTemporary(string prefix)
    {
        try
        {
            return Directory.CreateTempSubdirectory(prefix).FullName;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw TemporaryUnusable(Path.GetTempPath(), exception);
        }
    }

    /// <summary>What is temporary cannot be put where it belongs.</summary>
    public static SlicePoolException TemporaryUnusable(string folder, Exception why) => new(
        "TemporaryFolderUnusable",
        PoolErrorCategory.ResourceUnavailable,
        $"Nothing can be put into the folder for temporary files, '{folder}': {why.Message.TrimEnd('.')}.",
        "Set TMPDIR to a folder that is there, that this user may write to and that is on a disk with room.",
        folder,
        why);

    /// <summary>A state folder cannot be used, for want of room or rights.</summary>
    public static SlicePoolException StateUnusable(string folder, Exception why) => new(
        "StateFolderUnusable",
        PoolErrorCategory.InvalidArgument,
        $"The state folder '{folder}' cannot be used: {why.Message}",
        "Give a folder that this user may create and write to, on a disk with room.",
        folder,
        why);

    /// <summary>
    /// Where keys and fences live: the system's state folder for root, else the user's (XDG base directory specification).
    /// </summary>
    /// <exception cref="SlicePoolException"><c>NoStateFolder</c>: the user has no home folder. Keys must not lie wherever the user happens to be.</exception>
    public static string StateRoot() => StateRoot(
        !OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess,
        Environment.GetEnvironmentVariable("XDG_STATE_HOME"),
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile));

    internal static string StateRoot(bool isRoot, string? configured, string home) =>
        isRoot ? "/var/lib/eformer-pool"
        : !string.IsNullOrEmpty(configured) ? Path.Combine(configured, "eformer-pool")
        : home.Length > 0 ? Path.Combine(home, ".local", "state", "eformer-pool")
        : throw new SlicePoolException(
            "NoStateFolder",
            PoolErrorCategory.ObjectNotFound,
            "This user has no home folder: HOME is not set and the system names none that is there.",
            "Set HOME, or XDG_STATE_HOME to a folder of this user's; or name the key file and, for an agent, the state folder.");

    /// <summary>The usual place of a fleet's keys: <c>EFORMER_KEYS</c>, else below the state folder.</summary>
    public static string KeyFile(string fleet)
    {
        string? configured = Environment.GetEnvironmentVariable("EFORMER_KEYS");
        return string.IsNullOrEmpty(configured) ? Path.Combine(StateRoot(), "keys", fleet + ".json") : configured;
    }
}
