using Eformer.Pool.Envelopes;
using Eformer.Pool.Store;

namespace Eformer.Pool.Leases;

/// <summary>A driver's side of one lease: how sure it is, and whether it is lost. Pure; a shell around it does what it says.</summary>
/// <remarks>
/// What is unknown never extends a lease and never loses it. A store that says it does not know the lease may have lost data: the
/// lease is asked back while its proof reaches, and lost when the hosts no longer hold it or time has run out. Lost and released
/// are final.
/// </remarks>
/// <param name="Token">The lease.</param>
/// <param name="Proof">How sure the driver is: from when the renewal that succeeded was <em>sent</em>.</param>
/// <param name="Status">Whether it has the slice.</param>
internal sealed record LeaseHolder(LeaseToken Token, LeaseProof Proof, HolderStatus Status = HolderStatus.Held)
{
    /// <summary>Whether the slice is neither lost nor given back.</summary>
    public bool IsHeld => Status is HolderStatus.Held or HolderStatus.Reasserting;

    /// <summary>What may be done under the lease now.</summary>
    public LeasePhase PhaseAt(long now, TimeProvider clock) => IsHeld ? Proof.PhaseAt(now, clock) : LeasePhase.Lapsed;

    /// <summary>Takes in what happened.</summary>
    /// <param name="what">What.</param>
    /// <param name="now">Timestamp of this moment.</param>
    /// <param name="clock">What the timestamps are of; it is not asked for the time.</param>
    /// <returns>The state after it, and what is to be done.</returns>
    public (LeaseHolder State, HolderCommands Commands) Step(HolderEvent what, long now, TimeProvider clock) => !IsHeld
        ? (this, HolderCommands.None)
        : what switch
        {
            HolderEvent.Released => (this with { Status = HolderStatus.Released }, HolderCommands.None),
            HolderEvent.HostLost => Lose(),
            HolderEvent.RenewalAnswered answer => Take(answer, clock).Tick(now, clock, ask: answer.Result == RenewalResult.Refused),
            HolderEvent.ReassertAnswered answer => Take(answer, now, clock),
            _ => Tick(now, clock, ask: true),
        };

    private LeaseHolder Take(HolderEvent.RenewalAnswered answer, TimeProvider clock) => answer.Result switch
    {
        RenewalResult.Renewed => Proved(answer.SentAt, clock),

        // An answer to what was asked before the last proof is older than that.
        RenewalResult.Refused when answer.SentAt >= Proof.ProvedAt => this with { Status = HolderStatus.Reasserting },
        _ => this,
    };

    private (LeaseHolder State, HolderCommands Commands) Take(HolderEvent.ReassertAnswered answer, long now, TimeProvider clock) =>
        answer.Status switch
        {
            ReassertStatus.Confirmed => Proved(answer.SentAt, clock).Tick(now, clock, ask: false),
            ReassertStatus.Refused or ReassertStatus.PoolInUse when answer.SentAt >= Proof.ProvedAt => Lose(),
            _ => Tick(now, clock, ask: false),
        };

    // What lapsed before the question was even sent is lost, whatever the answer: users of the slice have seen it lapse.
    private LeaseHolder Proved(long sentAt, TimeProvider clock) => Proof.PhaseAt(sentAt, clock) == LeasePhase.Lapsed
        ? this
        : this with { Status = sentAt >= Proof.ProvedAt ? HolderStatus.Held : Status, Proof = Proof.Renewed(sentAt) };

    // Past the fence the agents may have ended it on their side, so it is not asked for any more.
    private (LeaseHolder State, HolderCommands Commands) Tick(long now, TimeProvider clock, bool ask)
    {
        LeasePhase phase = Proof.PhaseAt(now, clock);
        return phase == LeasePhase.Lapsed ? Lose()
            : ask && Status == HolderStatus.Reasserting && phase < LeasePhase.Fence ? (this, HolderCommands.Reassert)
            : (this, HolderCommands.None);
    }

    private (LeaseHolder State, HolderCommands Commands) Lose() => (this with { Status = HolderStatus.Lost }, HolderCommands.TellLost);
}
