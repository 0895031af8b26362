using CsCheck;
using Eformer.Pool.Leases;
using Microsoft.Extensions.Time.Testing;

namespace Eformer.Pool.Tests.Leases;

/// <summary>How sure a holder is of its lease, as time goes by.</summary>
public class LeaseProofTests
{
    private static readonly FakeTimeProvider s_clock = new();
    private static readonly LeaseTimings s_timings = new(TimeSpan.FromSeconds(30));

    [Theory]
    [InlineData(0, LeasePhase.Work)]
    [InlineData(17_999, LeasePhase.Work)]
    [InlineData(18_000, LeasePhase.Stop)]
    [InlineData(23_999, LeasePhase.Stop)]
    [InlineData(24_000, LeasePhase.Fence)]
    [InlineData(29_999, LeasePhase.Fence)]
    [InlineData(30_000, LeasePhase.Lapsed)]
    [InlineData(86_400_000, LeasePhase.Lapsed)]
    public void Phases_begin_at_their_deadlines(int age, LeasePhase phase) => Assert.Equal(phase, PhaseAt(new LeaseProof(s_timings, 0), age));

    [Fact]
    public void Rights_only_shrink_with_time() =>
        Gen.Select(Gen.Int[0, 60_000], Gen.Int[0, 60_000]).Sample((one, other) =>
            PhaseAt(new LeaseProof(s_timings, 0), Math.Min(one, other)) <= PhaseAt(new LeaseProof(s_timings, 0), Math.Max(one, other)));

    [Fact]
    public void A_late_proof_never_takes_time_back_and_no_proof_reaches_beyond_itself() =>
        Gen.Select(Gen.Int[0, 40_000].Array[1, 10], Gen.Int[0, 80_000]).Sample((proofs, now) =>
        {
            LeaseProof proof = proofs.Aggregate(new LeaseProof(s_timings, 0), (current, next) => current.Renewed(Stamp(next)));
            return PhaseAt(proof, now) == PhaseAt(new LeaseProof(s_timings, Stamp(proofs.Max())), now);
        });

    private static long Stamp(int milliseconds) => milliseconds * s_clock.TimestampFrequency / 1000;

    private static LeasePhase PhaseAt(LeaseProof proof, int milliseconds) => proof.PhaseAt(Stamp(milliseconds), s_clock);
}
