using System.Buffers;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using Eformer.Pool.Store;

namespace Eformer.Pool.RuntimeEnvironments;

/// <summary>The hashes of files; one that has not changed since is read once in a process. Thread-safe.</summary>
internal sealed class FileHashes(TimeProvider clock)
{
    private const int MaxKnown = 100_000;

    // A file that was written just now may be written again within one tick of its file system's clock.
    private static readonly TimeSpan s_settled = TimeSpan.FromSeconds(2);
    private readonly ConcurrentDictionary<FileStamp, string> _known = new();

    /// <summary>Those of this process.</summary>
    public static FileHashes Shared { get; } = new(TimeProvider.System);

    /// <summary>SHA-256 of a file, hex, lower case.</summary>
    /// <exception cref="SlicePoolException"><c>FileChanged</c>, <c>FileUnreadable</c>.</exception>
    public async Task<string> OfAsync(SourceFile file, CancellationToken cancellationToken)
    {
        FileStamp stamp = file.Stamp;
        if (_known.TryGetValue(stamp, out string? known))
        {
            return known;
        }

        string hash = await ReadAsync(file, cancellationToken);
        if (clock.GetUtcNow().UtcDateTime - stamp.WrittenUtc > s_settled)
        {
            Remember(stamp, hash);
        }

        return hash;
    }

    /// <summary>Forgets the hash of a file that turned out to have another.</summary>
    public void Forget(FileStamp stamp) => _known.TryRemove(stamp, out _);

    private void Remember(FileStamp stamp, string hash)
    {
        if (_known.Count >= MaxKnown)
        {
            _known.Clear();
        }

        _known[stamp] = hash;
    }

    private static async Task<string> ReadAsync(SourceFile file, CancellationToken cancellationToken)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BlobId.PieceBytes);
        try
        {
            await using FileStream stream = SourceReader.Open(file);
            long length = 0;
            int read;
            while ((read = await SourceReader.ReadAsync(stream, buffer, file, cancellationToken)) > 0)
            {
                length += read;
                hash.AppendData(buffer.AsSpan(0, read));
            }

            return length == file.Stamp.Length && file.Stamp.IsCurrent()
                ? Convert.ToHexStringLower(hash.GetHashAndReset())
                : throw EnvironmentErrors.Changed(file.Stamp.Path, file.Parameter);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
