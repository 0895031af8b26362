using System.Security.Cryptography;
using Eformer.Pool.Payloads;
using Eformer.Pool.Store;

namespace Eformer.Pool.HostWorker.RuntimeEnvironments;

/// <summary>Brings one file from the store to a new place on disk, a few pieces at a time, and makes sure that it is the right one.</summary>
internal sealed class BlobDownload(IPoolStore store, ShippedFile file)
{
    // Asked for ahead: 1 MiB, so that the link is busy while the disk is.
    private const int Ahead = 4;
    private readonly BlobId _blob = new(file.Sha256, file.Length);

    /// <exception cref="SlicePoolException"><c>EnvironmentUnavailable</c>, and the store's errors.</exception>
    public async Task RunAsync(string target, CancellationToken cancellationToken)
    {
        string hash;
        await using (FileStream stream = new(target, VerifiedCopy.Writing(executable: false, readOnly: true)))
        {
            hash = await WriteAsync(stream, cancellationToken);
        }

        if (hash != file.Sha256)
        {
            // Nobody would store it again as long as it counts as there.
            await store.ForgetBlobAsync(_blob, cancellationToken);
            throw CacheErrors.Spoilt(file.Path);
        }
    }

    private async Task<string> WriteAsync(FileStream stream, CancellationToken cancellationToken)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Queue<Task<ReadOnlyMemory<byte>?>> reading = new(Ahead);
        int asked = 0;
        try
        {
            for (int index = 0; index < _blob.PieceCount; index++)
            {
                while (asked < _blob.PieceCount && reading.Count < Ahead)
                {
                    reading.Enqueue(store.ReadBlobAsync(_blob, asked++, cancellationToken));
                }

                ReadOnlyMemory<byte> piece = await reading.Dequeue() ?? throw CacheErrors.Lost(file.Path);
                hash.AppendData(piece.Span);
                await stream.WriteAsync(piece, cancellationToken);
            }
        }
        finally
        {
            // After a failure the others' ends tell nothing new.
            await ((Task)Task.WhenAll(reading)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
