using Eformer.Pool.Pools;
using Eformer.Pool.Store;

namespace Eformer.Pool.Leases;

/// <summary>Waits until the hosts of slices that were given back attest that nothing of the lease runs on them.</summary>
internal sealed class ReleaseBarrier(PoolSession session)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(50);

    /// <exception cref="SlicePoolException"><c>HostsNotIdle</c>, naming those that are not idle in time.</exception>
    public async Task WaitAsync(IReadOnlyList<HeldSlice> released, CancellationToken cancellationToken)
    {
        long start = session.Clock.GetTimestamp();
        Dictionary<string, string> leases = released
            .SelectMany(slice => slice.Grant.Hosts.Select(host => (host, slice.Token.LeaseId)))
            .ToDictionary(pair => pair.host, pair => pair.LeaseId, StringComparer.Ordinal);
        while (true)
        {
            FleetSnapshot fleet = await session.Store.ReadFleetAsync(cancellationToken);
            string[] busy = [.. fleet.Hosts.Where(host => IsOurs(host, leases)).Select(host => host.Registration.Host)];
            if (busy.Length == 0)
            {
                return;
            }

            if (session.Clock.GetElapsedTime(start) > s_limit)
            {
                throw NotIdle(busy);
            }

            await Task.Delay(s_look, session.Clock, cancellationToken);
        }
    }

    // A host whose agent is gone runs nothing: its runners end with it. It attests when it comes back.
    private static bool IsOurs(HostRecord host, Dictionary<string, string> leases) =>
        host.Alive && host.State != HostState.Idle
        && leases.TryGetValue(host.Registration.Host, out string? lease) && (host.LeaseId == lease || host.LeaseId.Length == 0);

    private static SlicePoolException NotIdle(string[] hosts) => new(
        "HostsNotIdle",
        PoolErrorCategory.OperationTimeout,
        $"{hosts.Length} host(s) were not idle {s_limit.TotalSeconds:0} seconds after they were given back: {string.Join(", ", hosts.Take(8))}.",
        "They become free when their agents attest that nothing of the lease runs; look at the agents' logs.",
        hosts);
}
