using Eformer.Pool.Leases;
using Eformer.Pool.Store;

namespace Eformer.Pool.Pools;

/// <summary>Takes a pool's name in the store, and gives it back with everything under it.</summary>
internal sealed class PoolClaim(PoolSession session, LeaseTimings timings, TimeSpan keepFor)
{
    /// <exception cref="SlicePoolException"><c>PoolInUse</c>: the name belongs to a living owner.</exception>
    public async Task TakeAsync(CancellationToken cancellationToken)
    {
        RenewReply reply = await session.Store.RenewAsync(
            new RenewRequest(session.Name, session.OwnerId, session.Owner, (int)timings.Ttl.TotalMilliseconds, [])
            {
                Keep = KeepSigner.Sign(session, keepFor, []),
            },
            cancellationToken);
        if (!reply.PoolHeld)
        {
            FleetSnapshot fleet = await session.Store.ReadFleetAsync(cancellationToken);
            throw InUse(session.Name, fleet.Pools.FirstOrDefault(pool => pool.Name == session.Name)?.Owner ?? "somebody else");
        }
    }

    /// <summary>Gives slices back, and the name too when the pool is to be forgotten.</summary>
    public Task GiveBackAsync(IEnumerable<HeldSlice> slices, bool forget, CancellationToken cancellationToken) =>
        session.Store.ReleaseAsync(
            new ReleaseRequest(session.Name, session.OwnerId, [.. slices.Select(slice => slice.Token.LeaseId)], forget),
            cancellationToken);

    public static SlicePoolException InUse(string pool, string owner) => new(
        "PoolInUse",
        PoolErrorCategory.ResourceExists,
        $"The pool name '{pool}' is in use by {owner}.",
        "Choose another name, or remove that pool in the session that made it.",
        pool);
}
