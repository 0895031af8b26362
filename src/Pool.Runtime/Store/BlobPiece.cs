namespace Eformer.Pool.Store;

/// <summary>One piece of a blob on its way into the store.</summary>
/// <param name="Blob">The blob it is of.</param>
/// <param name="Index">Its place, from 0.</param>
/// <param name="Bytes">Its content.</param>
/// <param name="Before">SHA-256, hex, of everything before it.</param>
/// <param name="After">SHA-256, hex, of everything up to its end: for the last piece that of the blob.</param>
public sealed record BlobPiece(BlobId Blob, int Index, ReadOnlyMemory<byte> Bytes, string Before, string After);
