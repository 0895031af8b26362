namespace Eformer.Pool.Store;

/// <summary>Answer to a claim.</summary>
/// <param name="Exists">Whether the run is there.</param>
/// <param name="Cancelled">Whether it was cancelled; what is granted must then be ended without being started.</param>
/// <param name="Granted">Keys of the hosts whose attempt is now this incarnation's.</param>
/// <param name="Ended">Keys of the hosts that were asked for and have ended: their end is in the log.</param>
/// <param name="Payload">The payload, when asked for and granted.</param>
public sealed record ClaimReply(
    bool Exists, bool Cancelled, IReadOnlyList<string> Granted, IReadOnlyList<string> Ended, ReadOnlyMemory<byte> Payload);
