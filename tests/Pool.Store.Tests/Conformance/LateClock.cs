namespace Eformer.Pool.RedisStore.Tests.Conformance;

/// <summary>The clock of a model: it moves on between two calls, as far as a short life and not as far as a long one.</summary>
internal sealed class LateClock : TimeProvider
{
    private DateTimeOffset _now = DateTimeOffset.UnixEpoch + TimeSpan.FromDays(20_000);

    public override DateTimeOffset GetUtcNow() => _now;

    public void Pass() => _now += TimeSpan.FromMilliseconds(2);
}
