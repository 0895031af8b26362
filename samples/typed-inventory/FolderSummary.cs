namespace Eformer.Pool.Samples.TypedInventory;

/// <summary>What a host has in a folder.</summary>
/// <param name="Files">Number of files.</param>
/// <param name="Bytes">What they hold together.</param>
/// <param name="Sha256">One hash over the hashes of all: the same files give the same.</param>
/// <param name="Machine">Name of the machine.</param>
public sealed record FolderSummary(int Files, long Bytes, string Sha256, string Machine);
