namespace Eformer.Pool.Store;

/// <summary>A run as the store has it.</summary>
/// <param name="Manifest">Its signed manifest; empty when it has none.</param>
/// <param name="Cancelled">Whether it was cancelled.</param>
/// <param name="Claims">Which attempt was last taken for each host that was taken at all: key to number.</param>
/// <param name="Ended">The last attempts that have ended, of which nobody took a later one.</param>
/// <param name="ExpiresMs">How long it is kept from now on if nothing more is written, in milliseconds.</param>
public sealed record RunStanding(
    ReadOnlyMemory<byte> Manifest, bool Cancelled, IReadOnlyDictionary<string, int> Claims, IReadOnlyList<LogEnd> Ended, long ExpiresMs);
