using System.Collections.Concurrent;

namespace Eformer.Pool.Testing;

/// <summary>One server of each kind for the whole suite, started when first needed; tests keep apart by their fleets.</summary>
public sealed class SharedServers : IAsyncDisposable
{
    private readonly ConcurrentDictionary<ServerKind, Lazy<Task<TestServer>>> _servers = new();

    /// <summary>The shared server of a kind.</summary>
    public Task<TestServer> GetAsync(ServerKind kind) =>
        _servers.GetOrAdd(kind, static key => new(() => ServerLauncher.StartAsync(key, CancellationToken.None))).Value;

    public async ValueTask DisposeAsync()
    {
        foreach (Lazy<Task<TestServer>> server in _servers.Values.Where(server => server.IsValueCreated))
        {
            // One that did not start has failed or skipped its tests already.
            if (await Task.WhenAny(server.Value) is { IsCompletedSuccessfully: true } started)
            {
                await (await started).DisposeAsync();
            }
        }
    }
}
