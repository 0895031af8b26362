namespace Eformer.Pool.Tests.Leases.Worlds;

/// <summary>An answer that is on its way.</summary>
/// <param name="Reply">The answer.</param>
/// <param name="AskedAt">Asker's timestamp before the question was sent.</param>
internal sealed record Late<T>(T Reply, long AskedAt);
