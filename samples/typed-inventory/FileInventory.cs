using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Eformer.Pool.Samples.TypedInventory;

/// <summary>What files there are on the hosts of a pool. Each function runs on the hosts; the generator makes the callers' side.</summary>
public static partial class FileInventory
{
    /// <summary>Counts and hashes the files below a folder, on every host.</summary>
    /// <param name="path">The folder, as the hosts see it.</param>
    /// <param name="options">Which files.</param>
    /// <param name="host">The host, by which the work is shared when it is to be.</param>
    /// <param name="progress">From 0 to 1.</param>
    /// <param name="cancellationToken">Stops between two files.</param>
    [RemoteFunction(Cmdlet = "Measure-HostFile")]
    public static async Task<FolderSummary> SummarizeAsync(
        string path, FileQuery options, HostContext host, IProgress<double> progress, CancellationToken cancellationToken)
    {
        FileInfo[] files = Find(path, options, host);
        using IncrementalHash all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long bytes = 0;
        for (int i = 0; i < files.Length; i++)
        {
            all.AppendData(await HashAsync(files[i], cancellationToken));
            bytes += files[i].Length;
            progress.Report((i + 1.0) / files.Length);
        }

        return new FolderSummary(files.Length, bytes, Convert.ToHexStringLower(all.GetHashAndReset()), Environment.MachineName);
    }

    /// <summary>Lists the files below a folder, on every host.</summary>
    /// <param name="path">The folder, as the hosts see it.</param>
    /// <param name="options">Which files.</param>
    /// <param name="hash">Whether their hashes are told, which takes the time to read them.</param>
    /// <param name="host">The host, by which the work is shared when it is to be.</param>
    /// <param name="cancellationToken">Stops between two files.</param>
    [RemoteFunction(Cmdlet = "Find-HostFile")]
    public static async IAsyncEnumerable<HostFile> ListAsync(
        string path, FileQuery? options = null, bool hash = false, HostContext host = null!, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (FileInfo file in Find(path, options ?? new FileQuery(), host))
        {
            string? digest = hash ? Convert.ToHexStringLower(await HashAsync(file, cancellationToken)) : null;
            yield return new HostFile(Path.GetRelativePath(path, file.FullName), file.Length, file.LastWriteTimeUtc, digest);
        }
    }

    // In the order of their names, so that every host of a slice counts them alike and each takes its share.
    private static FileInfo[] Find(string path, FileQuery options, HostContext host)
    {
        DirectoryInfo folder = new(path);
        FileInfo[] files = [.. folder.EnumerateFiles(options.Filter, options.Recurse ? SearchOption.AllDirectories : SearchOption.TopDirectoryOnly)
            .Where(file => file.Length >= options.MinBytes && file.LinkTarget is null)
            .OrderBy(file => file.FullName, StringComparer.Ordinal)];
        return options.ShardOf is int shards ? [.. files.Where((_, index) => index % shards == host.HostId)] : files;
    }

    private static async Task<byte[]> HashAsync(FileInfo file, CancellationToken cancellationToken)
    {
        await using FileStream stream = file.OpenRead();
        return await SHA256.HashDataAsync(stream, cancellationToken);
    }
}
