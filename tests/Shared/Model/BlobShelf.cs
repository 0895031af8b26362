using System.Diagnostics.CodeAnalysis;
using Eformer.Pool.Store;

namespace Eformer.Pool.Testing.Model;

/// <summary>The blobs of a store in memory, with the scripts' answers. Not thread-safe.</summary>
public sealed class BlobShelf
{
    private const long Hour = 60 * 60 * 1000;
    private const long Whole = 7 * 24 * Hour;

    /// <summary>What is there, by hash. Tests spoil it.</summary>
    public Dictionary<string, BlobModel> Blobs { get; } = new(StringComparer.Ordinal);

    /// <summary>How many pieces were asked for.</summary>
    public int Reads { get; private set; }

    public IReadOnlyList<BlobId> FindMissing(IReadOnlyList<BlobId> blobs, long now)
    {
        foreach (BlobId blob in blobs)
        {
            if (TryGetWhole(blob, now, out BlobModel? known))
            {
                Blobs[blob.Sha256] = known with { Expiry = known.Expiry - now < Whole - (12 * Hour) ? now + Whole : known.Expiry };
            }
        }

        return [.. blobs.Where(blob => !TryGetWhole(blob, now, out _))];
    }

    public int Put(BlobPiece piece, long now)
    {
        BlobModel? known = Find(piece.Blob, now);
        int stored = known?.Pieces.Count ?? 0;
        if (stored != piece.Index)
        {
            return stored;
        }

        if (known is not null && known.Digest != piece.Before)
        {
            Blobs.Remove(piece.Blob.Sha256);
            return 0;
        }

        long expiry = piece.After == piece.Blob.Sha256 ? now + Whole : known?.Expiry ?? now + (12 * Hour);
        Blobs[piece.Blob.Sha256] = new BlobModel(piece.Blob.Length, [.. known?.Pieces ?? [], piece.Bytes.ToArray()], piece.After, expiry);
        return stored + 1;
    }

    public ReadOnlyMemory<byte>? Read(BlobId blob, int index, long now)
    {
        Reads++;
        return TryGetWhole(blob, now, out BlobModel? known) && index < known.Pieces.Count ? known.Pieces[index] : default(ReadOnlyMemory<byte>?);
    }

    public bool Forget(BlobId blob) => Blobs.Remove(blob.Sha256);

    private BlobModel? Find(BlobId blob, long now) =>
        Blobs.TryGetValue(blob.Sha256, out BlobModel? known) && known.Length == blob.Length && known.Expiry > now ? known : null;

    private bool TryGetWhole(BlobId blob, long now, [NotNullWhen(true)] out BlobModel? known)
    {
        known = Find(blob, now);
        return known?.Digest == blob.Sha256;
    }
}
