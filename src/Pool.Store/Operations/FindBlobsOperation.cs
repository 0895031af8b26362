using Eformer.Pool.RedisStore.Keys;
using Eformer.Pool.RedisStore.Scripting;
using Eformer.Pool.Store;
using StackExchange.Redis;

namespace Eformer.Pool.RedisStore.Operations;

/// <summary>Tells which blobs are missing, and keeps the others.</summary>
/// <remarks>Each has keys of its own, so each is asked by itself; many go out in one packet.</remarks>
internal sealed class FindBlobsOperation(ScriptRunner runner, FleetKeys keys)
{
    private const int Batch = 512;
    private const int KeysPerScript = 256;

    private static readonly StoreScript s_find = StoreScript.Load("find_blob");
    private static readonly StoreScript s_keep = StoreScript.Load("keep_blob");

    public async Task<IReadOnlyList<BlobId>> RunAsync(IReadOnlyList<BlobId> blobs, CancellationToken cancellationToken)
    {
        List<BlobId> missing = [];
        foreach (BlobId[] batch in blobs.Chunk(Batch))
        {
            RedisResult[] answers = await AskAsync(batch, cancellationToken);
            for (int i = 0; i < batch.Length; i++)
            {
                int answer = (int)answers[i];
                if (answer == 0 || (answer == 2 && !await KeepAsync(batch[i], cancellationToken)))
                {
                    missing.Add(batch[i]);
                }
            }
        }

        return missing;
    }

    private async Task<RedisResult[]> AskAsync(BlobId[] blobs, CancellationToken cancellationToken)
    {
        RedisKey[] heads = Array.ConvertAll(blobs, blob => keys.Blob(blob).Head);
        IDatabase bulk = await runner.Connections.BulkAsync(cancellationToken);
        Task<RedisResult[]> asking = Task.WhenAll(blobs.Select((blob, i) =>
            ScriptRunner.Send(bulk, s_find, [heads[i]], [blob.Sha256, blob.Length, BlobLife.RenewBelowMs])));
        return await runner.GuardAsync(asking, heads, cancellationToken);
    }

    // The head last: should this stop half-way, it lapses before any piece.
    private async Task<bool> KeepAsync(BlobId blob, CancellationToken cancellationToken)
    {
        BlobKeys blobKeys = keys.Blob(blob);
        for (int first = 0; first < blob.PieceCount; first += KeysPerScript)
        {
            int count = Math.Min(KeysPerScript, blob.PieceCount - first);
            bool last = first + count == blob.PieceCount;
            RedisValue[] arguments = [blob.Sha256, BlobLife.PieceMs, last ? BlobLife.WholeMs : 0];
            RedisResult kept = await runner.BulkAsync(s_keep, blobKeys.HeadAnd(Enumerable.Range(first, count)), arguments, cancellationToken);
            if ((int)kept == 0)
            {
                return false;
            }
        }

        return true;
    }
}
