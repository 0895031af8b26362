namespace Eformer.Pool;

/// <summary>A handle to an actor of a pool: for slices the lease that makes the slice ours.</summary>
/// <param name="Name">Its name, for people: <c>night/slice-0</c>.</param>
/// <param name="Id">Its identity: for slices the lease id.</param>
/// <param name="Epoch">The fencing token under which it is held.</param>
public sealed record ActorHandle(string Name, string Id, long Epoch);
