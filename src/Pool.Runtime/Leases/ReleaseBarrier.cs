using Eformer.Pool.Pools;
using Eformer.Pool.Store;

namespace Eformer.Pool.Leases;

/// <summary>Waits until the hosts of slices that were given back attest that nothing of the lease runs on them.</summary>
internal sealed class ReleaseBarrier(PoolSession session)
{
    /// <summary>How long hosts that were given back may take, unless somebody asks for less.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(50);

    /// <returns>Hosts whose agents are not heard, so that nobody can say whether they are idle.</returns>
    /// <exception cref="SlicePoolException"><c>HostsNotIdle</c>, naming those that are not idle in time.</exception>
    public async Task<IReadOnlyList<string>> WaitAsync(IReadOnlyList<HeldSlice> released, TimeSpan limit, CancellationToken cancellationToken)
    {
        long start = session.Clock.GetTimestamp();
        ILookup<string, string> leases = released
            .SelectMany(slice => slice.Grant.Hosts.Select(host => (host, slice.Token.LeaseId)))
            .ToLookup(pair => pair.host, pair => pair.LeaseId, StringComparer.Ordinal);
        string[] keys = [.. leases.Select(host => host.Key)];
        while (true)
        {
            IReadOnlyList<HostStatus> hosts = await session.Store.ReadHostsAsync(keys, cancellationToken);
            string[] busy = [.. hosts.Where(host => IsOurs(host, leases[host.Host])).Select(host => host.Host)];
            if (busy.Length == 0)
            {
                return [.. hosts.Where(host => !host.Alive && host.State != HostState.Idle).Select(host => host.Host)];
            }

            if (session.Clock.GetElapsedTime(start) > limit)
            {
                throw NotIdle(busy, limit);
            }

            await Task.Delay(s_look, session.Clock, cancellationToken);
        }
    }

    // A host whose agent is gone is not waited for: its runners end with it, and it attests when it comes back.
    private static bool IsOurs(HostStatus host, IEnumerable<string> leases) =>
        host.Alive && host.State != HostState.Idle && (leases.Contains(host.LeaseId) || host.LeaseId.Length == 0);

    private static SlicePoolException NotIdle(string[] hosts, TimeSpan limit) => new(
        "HostsNotIdle",
        PoolErrorCategory.OperationTimeout,
        $"{hosts.Length} host(s) were not idle {limit.TotalSeconds:0.#} seconds after they were given back: {string.Join(", ", hosts.Take(8))}.",
        "They become free when their agents attest that nothing of the lease runs; look at the agents' logs.",
        hosts);
}
