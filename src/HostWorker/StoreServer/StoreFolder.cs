namespace Eformer.Pool.HostWorker.StoreServer;

/// <summary>The folder of an embedded store, which only its owner may enter.</summary>
internal static class StoreFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Makes the folder where it is missing, and closes it to others.</summary>
    public static string Prepare(string? directory)
    {
        if (directory is null)
        {
            return Directory.CreateTempSubdirectory("eformer-store-").FullName;
        }

        string path = Path.GetFullPath(directory);
        if (OperatingSystem.IsWindows())
        {
            return Directory.CreateDirectory(path).FullName;
        }

        Directory.CreateDirectory(path, OwnerOnly);
        File.SetUnixFileMode(path, OwnerOnly);
        return path;
    }

    /// <summary>Deletes the folder with everything in it.</summary>
    public static void Delete(string path)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
    }
}
