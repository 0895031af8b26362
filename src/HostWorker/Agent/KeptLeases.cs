using Eformer.Pool.Envelopes;
using Eformer.Pool.Leases;
using Eformer.Pool.Store;
using Microsoft.Extensions.Logging;

namespace Eformer.Pool.HostWorker.Agent;

/// <summary>Renews the leases of kept pools whose driver has gone quiet, as long as the driver's signed wish lasts. Called by one loop.</summary>
/// <remarks>
/// <see cref="WorkerLease"/> decides when. Every agent of a slice does this; whoever is first moves the counter on, and the others see
/// that: so one renewal a period reaches the store.
/// </remarks>
internal sealed partial class KeptLeases(AgentContext agent, LeaseKeeper keeper, ILogger logger)
{
    private (ReadOnlyMemory<byte> Message, KeepWish? Wish) _opened;

    /// <summary>Takes the wishes in, and renews what is due.</summary>
    /// <param name="leases">The leases of this agent's hosts, as just read.</param>
    /// <param name="cancellationToken">Stops waiting for the store.</param>
    public async Task RenewAsync(IReadOnlyList<LeaseRecord> leases, CancellationToken cancellationToken)
    {
        foreach (LeaseRecord lease in leases.Where(lease => !lease.Keep.IsEmpty))
        {
            if (Open(lease) is { } wish && wish.Keeps(agent.Store.Fleet, lease.Grant.Pool, lease.Grant.OwnerId, agent.Clock.GetUtcNow()))
            {
                keeper.Keep(lease.LeaseId, EndOf(wish));
            }

            if (keeper.TakeKeepDue(lease.LeaseId))
            {
                await RenewAsync(lease, cancellationToken);
            }
        }
    }

    private async Task RenewAsync(LeaseRecord lease, CancellationToken cancellationToken)
    {
        KeepRequest request = new(lease.Grant.Pool, lease.Grant.OwnerId, lease.LeaseId, lease.RenewalCount, lease.Grant.TtlMs);
        if (await agent.Store.KeepAsync(request, cancellationToken))
        {
            LogKept(lease.Grant.Pool, lease.Grant.SliceName);
        }
    }

    // Verified once for each wish, not with every heartbeat.
    private KeepWish? Open(LeaseRecord lease)
    {
        if (!_opened.Message.Span.SequenceEqual(lease.Keep.Span))
        {
            RejectReason reason = agent.Verifier.Verify(lease.Keep, EnvelopeType.Keep, out ReadOnlyMemory<byte> body);
            _opened = (lease.Keep, reason == RejectReason.None ? WireJson.TryRead<KeepWish>(body.Span) : null);
            if (_opened.Wish is null)
            {
                LogRefused(lease.Grant.Pool, reason == RejectReason.None ? RejectReason.Malformed : reason);
            }
        }

        return _opened.Wish;
    }

    private long EndOf(KeepWish wish)
    {
        TimeSpan left = DateTimeOffset.FromUnixTimeMilliseconds(wish.UntilMs) - agent.Clock.GetUtcNow();
        return agent.Clock.GetTimestamp() + (long)(left.TotalSeconds * agent.Clock.TimestampFrequency);
    }

    [LoggerMessage(701, LogLevel.Debug, "Kept slice {Slice} of pool {Pool} in place of its driver")]
    private partial void LogKept(string pool, string slice);

    [LoggerMessage(702, LogLevel.Warning, "The wish to keep pool {Pool} was refused: {Reason}")]
    private partial void LogRefused(string pool, RejectReason reason);
}
