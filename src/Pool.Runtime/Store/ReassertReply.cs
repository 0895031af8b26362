namespace Eformer.Pool.Store;

/// <summary>Answer to a reassertion.</summary>
/// <param name="Status">What became of it.</param>
/// <param name="Obstacle">The host that does not hold the lease, or the owner of the pool; empty when confirmed.</param>
public sealed record ReassertReply(ReassertStatus Status, string Obstacle);
