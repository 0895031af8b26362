using System.Security.Cryptography;
using Eformer.Pool.Store;

namespace Eformer.Pool.Testing.Model;

/// <summary>Content of a blob, cut into pieces as whoever stores it does.</summary>
public sealed class BlobContent(byte[] bytes)
{
    /// <summary>Content of some length, the same for the same seed.</summary>
    public static BlobContent Random(int length, int seed)
    {
        byte[] bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return new BlobContent(bytes);
    }

    public byte[] Bytes => bytes;

    public BlobId Id { get; } = new(Hash(bytes), bytes.Length);

    /// <summary>A piece under the content's own name.</summary>
    public BlobPiece Piece(int index) => PieceAs(Id, index);

    /// <summary>A piece under a name that may be another's.</summary>
    public BlobPiece PieceAs(BlobId blob, int index)
    {
        int start = index * BlobId.PieceBytes;
        int end = start + blob.PieceLength(index);
        return new BlobPiece(blob, index, bytes.AsMemory(start..end), Hash(bytes.AsSpan(0, start)), Hash(bytes.AsSpan(0, end)));
    }

    /// <summary>Stores it, the last <paramref name="without"/> pieces left out.</summary>
    public async Task PutAsync(IPoolStore store, CancellationToken cancellationToken, int without = 0)
    {
        for (int i = 0; i < Id.PieceCount - without; i++)
        {
            await store.PutBlobAsync(Piece(i), cancellationToken);
        }
    }

    private static string Hash(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
