namespace Eformer.Pool.Payloads;

/// <summary>A file of a runtime environment.</summary>
/// <param name="Path">Where it goes, relative, with '/': <c>files/…</c>, or <c>modules/name/…</c>. Never leaves the environment's folder.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Sha256">SHA-256 of its content, hex.</param>
/// <param name="Executable">Whether its owner may execute it.</param>
public sealed record ShippedFile(string Path, long Length, string Sha256, bool Executable);
