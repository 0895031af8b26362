namespace Eformer.Pool.Pools;

/// <summary>What went wrong with an actor.</summary>
/// <param name="Actor">Its name, for people.</param>
/// <param name="Cause">What was thrown.</param>
internal sealed record ActorFailure(string Actor, Exception Cause);
