using Eformer.Pool.RedisStore.Keys;
using Eformer.Pool.RedisStore.Scripting;
using Eformer.Pool.Store;
using StackExchange.Redis;

namespace Eformer.Pool.RedisStore.Operations;

/// <summary>Reads a piece of a blob.</summary>
internal sealed class ReadBlobOperation(ScriptRunner runner, FleetKeys keys)
{
    private static readonly StoreScript s_script = StoreScript.Load("read_blob");

    public async Task<ReadOnlyMemory<byte>?> RunAsync(BlobId blob, int index, CancellationToken cancellationToken)
    {
        BlobKeys blobKeys = keys.Blob(blob);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, blob.PieceCount);
        RedisResult reply = await runner.BulkAsync(s_script, [blobKeys.Head, blobKeys.Piece(index)], [blob.Sha256, blob.Length], cancellationToken);
        return reply.IsNull ? default(ReadOnlyMemory<byte>?) : (ReadOnlyMemory<byte>)(RedisValue)reply;
    }
}
