using Eformer.Pool.Store;

namespace Eformer.Pool.HostWorker.StoreServer;

/// <summary>The folder of an embedded store, which only its owner may enter.</summary>
internal sealed class StoreFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Others = (UnixFileMode)0b000_111_111;

    private StoreFolder(string path) => Path = path;

    /// <summary>The folder itself.</summary>
    public string Path { get; }

    /// <summary>Where its log goes once memory is full.</summary>
    public string Log => System.IO.Path.Combine(Path, "log");

    /// <summary>Where checkpoints go, if somebody asks for one.</summary>
    public string Checkpoints => System.IO.Path.Combine(Path, "checkpoints");

    /// <summary>The file that tells where the store listens.</summary>
    public string File => StoreFile.PathIn(Path);

    /// <summary>Makes the folder, or takes one that is there and closed to others.</summary>
    /// <exception cref="UnauthorizedAccessException">Others may enter it.</exception>
    public static StoreFolder Prepare(string? directory)
    {
        if (directory is null)
        {
            return new StoreFolder(Directory.CreateTempSubdirectory("eformer-store-").FullName);
        }

        string path = System.IO.Path.GetFullPath(directory);
        if (OperatingSystem.IsWindows())
        {
            return new StoreFolder(Directory.CreateDirectory(path).FullName);
        }

        Directory.CreateDirectory(path, OwnerOnly);
        return (System.IO.File.GetUnixFileMode(path) & Others) == 0
            ? new StoreFolder(path)
            : throw new UnauthorizedAccessException($"Others may enter the folder '{path}'; the store's must be its owner's alone.");
    }

    /// <summary>Deletes what the store put there, and the folder itself when nothing else is in it.</summary>
    public void Delete()
    {
        if (!Directory.Exists(Path))
        {
            return;
        }

        System.IO.File.Delete(File);
        foreach (string folder in (string[])[Log, Checkpoints])
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        if (!Directory.EnumerateFileSystemEntries(Path).Any())
        {
            Directory.Delete(Path);
        }
    }
}
