namespace Eformer.Pool.Store;

/// <summary>A blob: it is named by its content, so two that are the same are stored once.</summary>
/// <param name="Sha256">SHA-256 of its content, 64 hex digits in lower case.</param>
/// <param name="Length">Its length in bytes, at most <see cref="MaxLength"/>.</param>
public sealed record BlobId(string Sha256, long Length)
{
    /// <summary>The largest blob, in bytes.</summary>
    public const long MaxLength = 1024L * 1024 * 1024;

    /// <summary>Length of each piece but the last, in bytes.</summary>
    public const int PieceBytes = 256 * 1024;

    /// <summary>In how many pieces it is stored; an empty one in one that is empty.</summary>
    public int PieceCount => (int)Math.Max(1, (Length + PieceBytes - 1) / PieceBytes);

    /// <summary>The length of a piece in bytes.</summary>
    public int PieceLength(int index) => (int)Math.Min(PieceBytes, Length - ((long)index * PieceBytes));
}
