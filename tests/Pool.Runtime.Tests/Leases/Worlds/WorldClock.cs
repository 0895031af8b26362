namespace Eformer.Pool.Tests.Leases.Worlds;

/// <summary>Timestamps of worlds are milliseconds; nobody asks this clock for the time.</summary>
internal sealed class WorldClock : TimeProvider
{
    public static WorldClock Instance { get; } = new();

    public override long TimestampFrequency => 1000;

    public override long GetTimestamp() => throw new NotSupportedException("Pure code asked a clock.");

    public override DateTimeOffset GetUtcNow() => throw new NotSupportedException("Pure code asked a clock.");
}
