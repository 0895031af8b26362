using StackExchange.Redis;

namespace Eformer.Pool.RedisStore.Connections;

/// <summary>The two connections to a store. Big values on the one must not hold up leases on the other.</summary>
internal sealed class StoreConnections(StoreAddress address, ConnectionMultiplexer control, Task<ConnectionMultiplexer> bulk) : IAsyncDisposable
{
    /// <summary>Where the store is, fit for messages.</summary>
    public string Endpoint => address.Display;

    /// <summary>Whether keys of different runs may be on different servers, so that order holds only between answers.</summary>
    public bool IsCluster { get; } = control.GetServers().Any(server => server.ServerType == ServerType.Cluster);

    /// <summary>Leases, heartbeats, claims.</summary>
    public IDatabase Control { get; } = control.GetDatabase();

    /// <summary>Doorbells; they have a socket of their own.</summary>
    public ISubscriber Doorbells { get; } = control.GetSubscriber();

    /// <summary>Payloads, runs, output.</summary>
    public async Task<IDatabase> BulkAsync(CancellationToken cancellationToken) => (await bulk.WaitAsync(cancellationToken)).GetDatabase();

    public async ValueTask DisposeAsync()
    {
        await control.DisposeAsync();
        await (await bulk).DisposeAsync();
    }
}
