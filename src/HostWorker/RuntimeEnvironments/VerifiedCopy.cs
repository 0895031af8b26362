using System.Buffers;
using System.Security.Cryptography;
using Eformer.Pool.Payloads;
using Eformer.Pool.Store;

namespace Eformer.Pool.HostWorker.RuntimeEnvironments;

/// <summary>Reads files of the cache and believes none of them: user code may run as the same user.</summary>
internal static class VerifiedCopy
{
    /// <summary>Copies a file.</summary>
    /// <returns>False when it is not there, or is not what it should be. What was written then is of no use.</returns>
    public static async Task<bool> CopyAsync(string source, ShippedFile file, string target, bool readOnly, CancellationToken cancellationToken)
    {
        await using FileStream copy = new(target, Writing(file.Executable, readOnly));
        return await ReadAsync(source, file, copy, cancellationToken);
    }

    /// <summary>Whether a file is what it should be.</summary>
    public static Task<bool> IsIntactAsync(string path, ShippedFile file, CancellationToken cancellationToken) =>
        ReadAsync(path, file, Stream.Null, cancellationToken);

    /// <summary>How a new file is opened that only its owner may use.</summary>
    public static FileStreamOptions Writing(bool executable, bool readOnly)
    {
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead
                | (readOnly ? UnixFileMode.None : UnixFileMode.UserWrite)
                | (executable ? UnixFileMode.UserExecute : UnixFileMode.None);
        }

        return options;
    }

    private static async Task<bool> ReadAsync(string path, ShippedFile file, Stream copy, CancellationToken cancellationToken)
    {
        FileInfo there = new(path);
        if (!there.Exists || there.LinkTarget is not null || there.Length != file.Length)
        {
            return false;
        }

        // Nothing to read; and a pipe, which also has no length, would never be opened.
        return file.Length == 0 || (Open(path) is { } source && await HashAsync(source, copy, cancellationToken) == file.Sha256);
    }

    private static FileStream? Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            // Gone in between, or made unreadable by user code: as bad as spoilt.
            return null;
        }
    }

    private static async Task<string> HashAsync(FileStream source, Stream copy, CancellationToken cancellationToken)
    {
        await using FileStream closed = source;
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BlobId.PieceBytes);
        try
        {
            int read;
            while ((read = await source.ReadAsync(buffer, cancellationToken)) > 0)
            {
                hash.AppendData(buffer.AsSpan(0, read));
                await copy.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }

            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
