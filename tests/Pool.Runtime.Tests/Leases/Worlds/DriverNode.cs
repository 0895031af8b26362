using System.Globalization;
using Eformer.Pool.Envelopes;
using Eformer.Pool.Leases;
using Eformer.Pool.Store;

namespace Eformer.Pool.Tests.Leases.Worlds;

/// <summary>A driver that wants one slice: the shell around a <see cref="LeaseHolder"/>, without I/O.</summary>
internal sealed record DriverNode(int Index, Mutant Mutant, IReadOnlyList<string> Hosts)
{
    /// <summary>How many leases it has asked for.</summary>
    public int Leases { get; init; }

    public LeaseHolder? Holder { get; init; }

    /// <summary>A renewal's answer that has not arrived yet.</summary>
    public Late<RenewReply>? Answer { get; init; }

    /// <summary>A request that was given up and may still reach the store.</summary>
    public object? Limbo { get; init; }

    /// <summary>Whether the store has lost data since the last proof.</summary>
    public bool StoreLost { get; init; }

    /// <summary>Whether the store has its slice back.</summary>
    public bool GaveBack { get; init; }

    /// <summary>Whether it wants a slice.</summary>
    public bool Wants { get; init; } = true;

    /// <summary>Whether it has seen every host hold its slice.</summary>
    public bool Complete { get; init; }

    /// <summary>How often it lost a slice that was complete.</summary>
    public int Losses { get; init; }

    public string Owner { get; } = string.Create(CultureInfo.InvariantCulture, $"d{Index}");

    public bool Holds => Holder is { IsHeld: true };

    public LeaseGrant Grant => new()
    {
        Pool = Owner, OwnerId = Owner, Owner = Owner, Slot = 0, SliceName = "s", Hosts = Hosts, TtlMs = Timing.TtlMs,
    };

    public AcquireRequest AcquireNext => new(string.Create(CultureInfo.InvariantCulture, $"{Owner}-{Leases + 1}"), Grant);

    public RenewRequest Renewal => new(Owner, Owner, Owner, Timing.TtlMs, [Holder!.Token.LeaseId]);

    public ReassertRequest Reassertion => new(Holder!.Token.LeaseId, Holder.Token.Epoch, Holder.Token.Generation, Grant);

    /// <summary>A slice was granted.</summary>
    public DriverNode Acquired(AcquireReply reply, long sentAt) => reply.Status != AcquireStatus.Granted ? this : this with
    {
        Leases = Leases + 1,
        Holder = new LeaseHolder(new LeaseToken(AcquireNext.LeaseId, reply.Epoch, reply.Generation), new LeaseProof(Timing.Lease, sentAt)),
        StoreLost = false,
        GaveBack = false,
        Complete = false,
    };

    /// <summary>A renewal's answer arrived.</summary>
    public DriverNode Hear(RenewReply reply, long sentAt, long now)
    {
        bool renewed = Holder is not null && reply.Renewed.Contains(Holder.Token.LeaseId);
        long counted = Mutant == Mutant.DriverCountsFromAnswer ? now : sentAt;
        DriverNode heard = this with { StoreLost = StoreLost && !renewed };
        return heard.Take(new HolderEvent.RenewalAnswered(renewed ? RenewalResult.Renewed : RenewalResult.Refused, counted), now);
    }

    /// <summary>A renewal's answer never arrived.</summary>
    public DriverNode HearNothing(long now) => Take(
        new HolderEvent.RenewalAnswered(Mutant == Mutant.UnknownExtends ? RenewalResult.Renewed : RenewalResult.Unknown, now), now);

    /// <summary>A reassertion's answer arrived.</summary>
    public DriverNode Hear(ReassertReply reply, long sentAt, long now) =>
        (this with { StoreLost = StoreLost && reply.Status != ReassertStatus.Confirmed })
        .Take(new HolderEvent.ReassertAnswered(reply.Status, sentAt), now);

    /// <summary>Lets time pass.</summary>
    public DriverNode Tick(long now) => Take(new HolderEvent.Tick(), now);

    /// <summary>It lets go of its slice.</summary>
    public DriverNode Released(long now) => Take(new HolderEvent.Released(), now);

    /// <summary>It sees that a host of its slice is gone.</summary>
    public DriverNode LostHost(long now) => Take(new HolderEvent.HostLost(), now);

    private DriverNode Take(HolderEvent what, long now)
    {
        if (Holder is null)
        {
            return this;
        }

        (LeaseHolder holder, HolderCommands commands) = Holder.Step(what, now, WorldClock.Instance);
        return this with { Holder = holder, Losses = Losses + (Complete && commands.HasFlag(HolderCommands.TellLost) ? 1 : 0) };
    }
}
