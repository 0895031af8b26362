using Eformer.Pool.Envelopes;
using Eformer.Pool.Pools;

namespace Eformer.Pool.Leases;

/// <summary>Signs the wish that a pool be kept without its driver, for so long from now.</summary>
internal static class KeepSigner
{
    /// <summary>The signed wish; empty when the pool is not to be kept.</summary>
    public static byte[] Sign(PoolSession session, TimeSpan keepFor, IEnumerable<int> slots)
    {
        if (keepFor == TimeSpan.Zero)
        {
            return [];
        }

        DateTimeOffset now = session.Clock.GetUtcNow();
        return session.Signer.Sign(EnvelopeType.Keep, WireJson.Write(new KeepWish
        {
            Fleet = session.Store.Fleet,
            Pool = session.Name,
            OwnerId = session.OwnerId,
            Slots = [.. slots.Order()],
            IssuedMs = now.ToUnixTimeMilliseconds(),
            UntilMs = (now + keepFor).ToUnixTimeMilliseconds(),
        }));
    }
}
