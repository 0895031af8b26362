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
    public static string CreateTemporary(string prefix) => Directory.CreateTempSubdirectory(prefix).FullName;

    /// <summary>
    /// Where keys and fences live: the system's state folder for root, else the user's (XDG base directory specification).
    /// </summary>
    public static string StateRoot()
    {
        if (!OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess)
        {
            return "/var/lib/eformer-pool";
        }

        string? configured = Environment.GetEnvironmentVariable("XDG_STATE_HOME");
        string root = string.IsNullOrEmpty(configured)
            ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state")
            : configured;
        return Path.Combine(root, "eformer-pool");
    }

    /// <summary>The usual place of a fleet's keys: <c>EFORMER_KEYS</c>, else below the state folder.</summary>
    public static string KeyFile(string fleet)
    {
        string? configured = Environment.GetEnvironmentVariable("EFORMER_KEYS");
        return string.IsNullOrEmpty(configured) ? Path.Combine(StateRoot(), "keys", fleet + ".json") : configured;
    }
}
