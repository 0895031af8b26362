namespace Eformer.Pool.Store;

/// <summary>Answer to a registration.</summary>
/// <param name="ConflictingHost">Null when registered; else the host key that a living agent of another id has already.</param>
public sealed record RegisterReply(string? ConflictingHost);
