using Eformer.Pool.RedisStore.Keys;
using Eformer.Pool.RedisStore.Scripting;
using Eformer.Pool.Store;
using StackExchange.Redis;

namespace Eformer.Pool.RedisStore.Operations;

/// <summary>Stores a piece of a blob.</summary>
internal sealed class PutBlobOperation(ScriptRunner runner, FleetKeys keys)
{
    private static readonly StoreScript s_script = StoreScript.Load("put_blob");

    public async Task<int> RunAsync(BlobPiece piece, CancellationToken cancellationToken)
    {
        BlobKeys blob = keys.Blob(piece.Blob);
        Check(piece);
        RedisValue[] arguments =
        [
            piece.Blob.Length,
            piece.Index,
            piece.Index + 1,
            Identifier.CheckDigest(piece.Before, nameof(piece)),
            Identifier.CheckDigest(piece.After, nameof(piece)),
            BlobLife.PieceMs,
            BlobLife.HalfMs,
            IsLast(piece) ? BlobLife.WholeMs : 0,
            piece.Bytes,
        ];
        return (int)await runner.BulkAsync(s_script, [blob.Head, blob.Piece(piece.Index)], arguments, cancellationToken);
    }

    private static bool IsLast(BlobPiece piece) => piece.Index == piece.Blob.PieceCount - 1;

    private static void Check(BlobPiece piece)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(piece.Index, nameof(piece));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(piece.Index, piece.Blob.PieceCount, nameof(piece));
        ArgumentOutOfRangeException.ThrowIfNotEqual(piece.Bytes.Length, piece.Blob.PieceLength(piece.Index), nameof(piece));
        if (IsLast(piece) != (piece.After == piece.Blob.Sha256))
        {
            throw new ArgumentException("The last piece of a blob, and no other, ends with the blob's own hash.", nameof(piece));
        }
    }
}
