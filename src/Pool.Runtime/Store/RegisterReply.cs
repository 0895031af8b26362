namespace Eformer.Pool.Store;

/// <summary>Answer to a registration.</summary>
/// <param name="ConflictingHost">Null when registered; else the host key that a living agent of another id has already.</param>
/// <param name="ConflictingAgent">Null when registered; else the living agent that has this machine's identity already.</param>
/// <param name="Generation">The store's generation when registered; else empty.</param>
public sealed record RegisterReply(string? ConflictingHost, string? ConflictingAgent, string Generation);
