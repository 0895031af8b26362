using Eformer.Pool.Leases;

namespace Eformer.Pool.Tests.Leases.Worlds;

/// <summary>The times of a small world: coarse, so that few steps of time pass all deadlines.</summary>
internal static class Timing
{
    public const int TtlMs = 10_000;

    /// <summary>How long an agent counts as alive.</summary>
    public const int LifeMs = 6_000;

    /// <summary>One step of time; the deadlines lie at three, four and five of them.</summary>
    public const int TickMs = 2_000;

    public static LeaseTimings Lease { get; } = new(TimeSpan.FromMilliseconds(TtlMs));
}
