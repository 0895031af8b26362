namespace Eformer.Pool.Samples.TypedInventory;

/// <summary>A file of a host.</summary>
/// <param name="Path">Its path, relative to the folder.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="WrittenUtc">When it was last written.</param>
/// <param name="Sha256">Its hash, or null when it was not asked for.</param>
public sealed record HostFile(string Path, long Bytes, DateTime WrittenUtc, string? Sha256);
