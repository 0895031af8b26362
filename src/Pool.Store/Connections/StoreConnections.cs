using System.Globalization;
using System.Runtime.CompilerServices;
using StackExchange.Redis;

namespace Eformer.Pool.RedisStore.Connections;

/// <summary>The two connections to a store. Big values on the one must not hold up leases on the other.</summary>
internal sealed class StoreConnections(
    StoreAddress address, ConnectionMultiplexer control, Task<ConnectionMultiplexer> bulk, IReadOnlyList<SentinelRoute> routes, LoginWatch login, StrongBox<int> attempts) : IAsyncDisposable
{
    /// <summary>Where the store is, fit for messages.</summary>
    public string Endpoint => address.Display;

    /// <summary>Whether keys of different runs may be on different servers, so that order holds only between answers.</summary>
    public bool IsCluster { get; } = control.GetServers().Any(server => server.ServerType == ServerType.Cluster);

    /// <summary>The servers that take writes, as the control connection sees them at this moment.</summary>
    public string Primaries => string.Join(
        ',', Control.Multiplexer.GetServers().Where(server => server.IsConnected && !server.IsReplica).Select(server => StoreAddress.Describe(server.EndPoint)));

    /// <summary>Changes whenever another server may answer on the control connection: before it is connected to, and when it is made the primary.</summary>
    public string Standing => string.Create(CultureInfo.InvariantCulture, $"{Volatile.Read(ref attempts.Value)} {Primaries}");

    /// <summary>What the server called itself when it was connected to.</summary>
    public string Product => control.GetServers().FirstOrDefault(server => server.IsConnected) is { } server
        ? $"{server.GetProductVariant(out string version)} {version}"
        : "";

    /// <summary>Whether we are not connected because the server does not let us in any more.</summary>
    public bool IsRefused => login.IsRefused;

    /// <summary>Leases, heartbeats, claims.</summary>
    public IDatabase Control { get; } = control.GetDatabase();

    /// <summary>Payloads, runs, output.</summary>
    public async Task<IDatabase> BulkAsync(CancellationToken cancellationToken) => (await bulk.WaitAsync(cancellationToken)).GetDatabase();

    /// <summary>Doorbells.</summary>
    public async Task<ISubscriber> DoorbellsAsync(CancellationToken cancellationToken) =>
        (await bulk.WaitAsync(cancellationToken)).GetSubscriber();

    /// <summary>A call got no answer, or that of a server which takes no writes: it may refuse us, and where there are sentinels another may be the primary by now.</summary>
    public void Suspect()
    {
        _ = login.SuspectAsync();
        bool isUseless = control.IsConnected && Primaries.Length == 0;
        foreach (SentinelRoute route in routes)
        {
            _ = route.SuspectAsync(isUseless);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await control.DisposeAsync();
        await (await bulk).DisposeAsync();
    }
}
