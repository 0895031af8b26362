namespace Eformer.Pool.Faults.Tests;

/// <summary>On the embedded store.</summary>
public sealed class KilledDriverOnGarnetTests(SharedServers servers) : KilledDriverTests(servers, ServerKind.Garnet);
