namespace Eformer.Pool.Faults.Tests;

/// <summary>On Redis, beside those on the embedded store, because each waits for a lease to lapse.</summary>
public sealed class KilledDriverOnRedisTests(SharedServers servers) : KilledDriverTests(servers, ServerKind.Redis);
