namespace Eformer.Pool.Faults.Tests;

/// <summary>On Redis.</summary>
public sealed class StoppedStoreOnRedisTests() : StoppedStoreTests(ServerKind.Redis);
