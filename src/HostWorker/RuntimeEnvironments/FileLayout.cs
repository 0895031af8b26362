using Eformer.Pool.Files;
using Eformer.Pool.Payloads;
using Eformer.Pool.Store;

namespace Eformer.Pool.HostWorker.RuntimeEnvironments;

/// <summary>Lays files of the cache out as a folder: whole, or not at all.</summary>
internal sealed class FileLayout(CacheFolders folders, BlobCache blobs)
{
    private const int Tries = 2;

    /// <summary>Makes a folder of copies. Must not be there yet; the files must be pinned.</summary>
    /// <param name="store">Where a copy that went bad comes from anew.</param>
    /// <param name="files">The files.</param>
    /// <param name="prefix">What of their paths is left out: the folder stands for it.</param>
    /// <param name="target">The folder.</param>
    /// <param name="readOnly">Whether the files are not to be written to.</param>
    /// <param name="cancellationToken">Leaves nothing behind.</param>
    /// <exception cref="SlicePoolException"><c>EnvironmentUnavailable</c>, and the store's errors.</exception>
    public async Task MakeAsync(
        IPoolStore store, IReadOnlyList<ShippedFile> files, string prefix, string target, bool readOnly, CancellationToken cancellationToken)
    {
        string temporary = folders.NewName();
        try
        {
            foreach (ShippedFile file in files)
            {
                string path = Path.Combine(temporary, file.Path[prefix.Length..]);
                PrivateFolder.Create(Path.GetDirectoryName(path)!);
                await CopyAsync(store, file, path, readOnly, cancellationToken);
            }

            PrivateFolder.Create(Path.GetDirectoryName(target)!);
            Directory.Move(temporary, target);
        }
        finally
        {
            // Gone when all went well.
            _ = FolderRemoval.TryRemove(temporary);
        }
    }

    /// <summary>Whether a folder holds these files as they were made, and nothing else.</summary>
    public static async Task<bool> IsIntactAsync(IReadOnlyList<ShippedFile> files, string prefix, string folder, CancellationToken cancellationToken)
    {
        try
        {
            Dictionary<string, ShippedFile> expected = files.ToDictionary(file => Path.Combine(folder, file.Path[prefix.Length..]), StringComparer.Ordinal);
            FileSystemInfo[] found = [.. Below(new DirectoryInfo(folder))];
            bool intact = found.Length == expected.Count;
            for (int i = 0; intact && i < found.Length; i++)
            {
                intact = expected.TryGetValue(found[i].FullName, out ShippedFile? file)
                    && await VerifiedCopy.IsIntactAsync(found[i].FullName, file, cancellationToken);
            }

            return intact;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // User code took it apart, or locked it: that is not how it was made.
            return false;
        }
    }

    // Everything but folders; links count as files, whatever they lead to.
    private static IEnumerable<FileSystemInfo> Below(DirectoryInfo folder) => folder.EnumerateFileSystemInfos("*", FolderRemoval.Everything)
        .SelectMany(entry => entry is DirectoryInfo inner && entry.LinkTarget is null ? Below(inner) : [entry]);

    // A file of the cache that went bad is fetched again, once.
    private async Task CopyAsync(IPoolStore store, ShippedFile file, string path, bool readOnly, CancellationToken cancellationToken)
    {
        for (int i = 0; i < Tries; i++)
        {
            if (await VerifiedCopy.CopyAsync(folders.Blob(file.Sha256), file, path, readOnly, cancellationToken))
            {
                return;
            }

            File.Delete(path);
            blobs.Discard(file);
            await blobs.EnsureAsync(store, [file], cancellationToken);
        }

        throw CacheErrors.Unsteady(file.Path);
    }
}
