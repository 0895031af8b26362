using Eformer.Pool.Envelopes;
using Eformer.Pool.Pools;
using Eformer.Pool.Store;

namespace Eformer.Pool.Runs;

/// <summary>Tells the hosts of a run to stop.</summary>
internal sealed class RunCanceller(PoolSession session, string runId, IReadOnlyList<HeldSlice> slices)
{
    public Task CancelAsync(CancellationToken cancellationToken) =>
        session.Store.CancelAsync(new RunCancellation(runId, [.. slices.SelectMany(Announce)]), cancellationToken);

    private IEnumerable<Announcement> Announce(HeldSlice slice)
    {
        long now = session.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        CancelCommand command = new()
        {
            Fleet = session.Store.Fleet,
            IssuedMs = now,
            ExpiresMs = now + (long)CommandLifetime.Longest.TotalMilliseconds,
            RunId = runId,
            Lease = slice.Token,
        };
        byte[] message = AgentMessage.Encode(
            AgentMessageKind.Cancel, session.Signer.Sign(EnvelopeType.Cancel, WireJson.Write(command)), []);
        return slice.Hosts.Select(host => host.AgentId).Distinct(StringComparer.Ordinal)
            .Select(agent => new Announcement(agent, message, message));
    }
}
