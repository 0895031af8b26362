namespace Eformer.Pool.Faults.Tests;

/// <summary>On the embedded store.</summary>
public sealed class StoppedStoreOnGarnetTests() : StoppedStoreTests(ServerKind.Garnet);
