using System.Text.Json;

namespace Eformer.Pool.Store;

/// <summary>Where an embedded store listens and its password: the content of <c>store.json</c>, which only its owner may read.</summary>
/// <param name="Endpoint">Host and port: <c>127.0.0.1:40123</c>.</param>
/// <param name="Password">The password.</param>
public sealed record StoreFile(string Endpoint, string Password)
{
    /// <summary>Name of the file in the store's folder.</summary>
    public const string FileName = "store.json";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others = (UnixFileMode)0b000_111_111;
    private const int LargestFile = 4096;

    /// <summary>Where the file of a store is, given its folder.</summary>
    public static string PathIn(string directory) => Path.Combine(directory, FileName);

    /// <summary>Options for connecting to this store.</summary>
    /// <param name="fleet">The fleet.</param>
    public StoreOptions ToOptions(string fleet) => new() { Connection = Endpoint, Password = Password, Fleet = fleet };

    /// <summary>Reads a file.</summary>
    /// <exception cref="SlicePoolException">
    /// <c>StoreFileNotFound</c>; <c>StoreFileExposed</c> when others than its owner may read or change it; <c>StoreFileDamaged</c>.
    /// </exception>
    public static async Task<StoreFile> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            await using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            RefuseExposed(stream, path);
            return await JsonSerializer.DeserializeAsync(Bounded(stream, path), StoreFileJson.Default.StoreFile, cancellationToken)
                ?? throw Damaged(path, null);
        }
        catch (JsonException exception)
        {
            throw Damaged(path, exception);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw NotFound(path, exception);
        }
    }

    /// <summary>Writes the file as a whole: readers see all of it or none.</summary>
    public async Task WriteAsync(string path, CancellationToken cancellationToken)
    {
        string temporary = $"{path}.{Environment.ProcessId}.tmp";
        FileStreamOptions options = new() { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        await using (FileStream stream = new(temporary, options))
        {
            await JsonSerializer.SerializeAsync(stream, this, StoreFileJson.Default.StoreFile, cancellationToken);
        }

        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>The endpoint; the password is not printed.</summary>
    public override string ToString() => Endpoint;

    // The open file is asked, not its path: nobody can put another file there in between.
    private static void RefuseExposed(FileStream stream, string path)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(stream.SafeFileHandle) & Others) != 0)
        {
            throw new SlicePoolException(
                "StoreFileExposed",
                PoolErrorCategory.SecurityError,
                $"The store file '{path}' can be used by others than its owner, so its password is not secret.",
                "End that store and start a new one; its folder must be the owner's alone.",
                path);
        }
    }

    private static FileStream Bounded(FileStream stream, string path) => stream.Length <= LargestFile ? stream : throw Damaged(path, null);

    private static SlicePoolException NotFound(string path, Exception cause) => new(
        "StoreFileNotFound",
        PoolErrorCategory.ObjectNotFound,
        $"There is no store file '{path}'.",
        "Check the folder, and that the store is running.",
        path,
        cause);

    private static SlicePoolException Damaged(string path, Exception? cause) => new(
        "StoreFileDamaged",
        PoolErrorCategory.InvalidData,
        $"'{path}' is not a store file.",
        "End that store and start a new one.",
        path,
        cause);
}
