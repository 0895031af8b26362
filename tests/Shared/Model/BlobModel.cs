namespace Eformer.Pool.Testing.Model;

/// <summary>A blob in the model: what is there of it, from the first piece on.</summary>
/// <param name="Length">The length it was announced with.</param>
/// <param name="Pieces">The pieces that are there.</param>
/// <param name="Digest">SHA-256 of them, hex.</param>
/// <param name="Expiry">When it is gone, on the server's clock.</param>
public sealed record BlobModel(long Length, IReadOnlyList<ReadOnlyMemory<byte>> Pieces, string Digest, long Expiry);
