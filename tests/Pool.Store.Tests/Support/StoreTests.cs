using Xunit;

namespace Eformer.Pool.RedisStore.Tests.Support;

/// <summary>Base of tests that run the same on every server.</summary>
public abstract class StoreTests(SharedServers servers)
{
    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Opens a fleet of its own on the shared server of a kind.</summary>
    protected async Task<TestFleet> OpenAsync(ServerKind kind) => await TestFleet.OpenAsync(await servers.GetAsync(kind), Token);
}
