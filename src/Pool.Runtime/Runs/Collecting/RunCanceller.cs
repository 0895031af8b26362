using Eformer.Pool.Envelopes;
using Eformer.Pool.Pools;
using Eformer.Pool.Store;

namespace Eformer.Pool.Runs.Collecting;

/// <summary>Tells the hosts of a run to stop.</summary>
internal sealed class RunCanceller(PoolSession session, string runId, IReadOnlyList<RunTarget> targets)
{
    /// <summary>Stops the run: what was not claimed never starts.</summary>
    public Task CancelAsync(CancellationToken cancellationToken) =>
        session.Store.CancelAsync(new RunCancellation(runId, Announce(targets, int.MaxValue)), cancellationToken);

    /// <summary>The signed wish that hosts stop the attempts they were sent last, and no later ones.</summary>
    public IReadOnlyList<Announcement> AnnounceAttempts(IReadOnlyList<RunTarget> stopped) =>
        stopped.Count == 0 ? [] : Announce(stopped, stopped.Max(target => target.Attempt));

    private IReadOnlyList<Announcement> Announce(IReadOnlyList<RunTarget> stopped, int attempt) =>
    [
        .. stopped.Select(target => (target.Place.Lease, target.Place.AgentId)).Distinct().GroupBy(pair => pair.Lease)
            .SelectMany(lease => Announce(lease.Key, lease.Select(pair => pair.AgentId), attempt)),
    ];

    private IEnumerable<Announcement> Announce(LeaseToken lease, IEnumerable<string> agents, int attempt)
    {
        long now = session.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        CancelCommand command = new()
        {
            Fleet = session.Store.Fleet,
            IssuedMs = now,
            ExpiresMs = now + (long)CommandLifetime.Longest.TotalMilliseconds,
            RunId = runId,
            Attempt = attempt,
            Lease = lease,
        };
        byte[] message = AgentMessage.Encode(
            AgentMessageKind.Cancel, session.Signer.Sign(EnvelopeType.Cancel, WireJson.Write(command)), []);
        return agents.Select(agent => new Announcement(agent, message, message));
    }
}
