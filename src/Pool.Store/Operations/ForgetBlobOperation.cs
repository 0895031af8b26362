using Eformer.Pool.RedisStore.Keys;
using Eformer.Pool.RedisStore.Scripting;
using Eformer.Pool.Store;

namespace Eformer.Pool.RedisStore.Operations;

/// <summary>Removes a blob.</summary>
internal sealed class ForgetBlobOperation(ScriptRunner runner, FleetKeys keys)
{
    private const int KeysPerScript = 256;

    private static readonly StoreScript s_script = StoreScript.Load("forget_blob");

    // With every part the head goes too: somebody may have begun to store it again, and must not lack a piece without noticing.
    public async Task RunAsync(BlobId blob, CancellationToken cancellationToken)
    {
        BlobKeys blobKeys = keys.Blob(blob);
        foreach (int[] part in Enumerable.Range(0, blob.PieceCount).Chunk(KeysPerScript))
        {
            await runner.BulkAsync(s_script, blobKeys.HeadAnd(part), [], cancellationToken);
        }
    }
}
