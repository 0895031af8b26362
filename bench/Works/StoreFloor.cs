using System.Diagnostics;
using Eformer.Pool.Bench.Driving;
using Eformer.Pool.Bench.Measuring;
using Eformer.Pool.Bench.Reports;
using Eformer.Pool.Store;
using StackExchange.Redis;

namespace Eformer.Pool.Bench.Works;

/// <summary>A store alone.</summary>
internal sealed class StoreFloor : IWorks
{
    private readonly IStoreServer _server;
    private readonly ConnectionMultiplexer _connection;
    private readonly HopFloor _hop;

    private StoreFloor(IStoreServer server, ConnectionMultiplexer connection, HopFloor hop)
    {
        (_server, _connection, _hop) = (server, connection, hop);
        Works =
        [
            new($"floor: PING of {server.Name}", PingAsync),
            new($"floor: durable hop there and back, {server.Name}", hop.OnceAsync),
        ];
    }

    /// <inheritdoc/>
    public IReadOnlyList<Work> Works { get; }

    /// <summary>Starts the embedded store, and redis-server where it is installed.</summary>
    public static async Task<IReadOnlyList<IWorks>> StartAllAsync(MachineFacts machine)
    {
        List<IWorks> all = [await StartAsync(await EmbeddedStore.StartAsync(), machine)];
        if (await RedisServer.TryStartAsync() is { } redis)
        {
            all.Add(await StartAsync(redis, machine));
        }

        return all;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _hop.DisposeAsync();
        await _connection.DisposeAsync();
        await _server.DisposeAsync();
    }

    private static async Task<StoreFloor> StartAsync(IStoreServer server, MachineFacts machine)
    {
        await using (IPoolStore store = await StoreLoader.OpenAsync(server.Address.ToOptions("bench"), CancellationToken.None))
        {
            machine.AddStore(await store.CheckAsync(CancellationToken.None));
        }

        ConnectionMultiplexer connection = await StoreConnection.OpenAsync(server.Address.Endpoint, server.Address.Password);
        return new StoreFloor(server, connection, await HopFloor.StartAsync(server.Address, connection));
    }

    private async Task<TimeSpan> PingAsync()
    {
        long start = Stopwatch.GetTimestamp();
        await _connection.GetDatabase().PingAsync();
        return Stopwatch.GetElapsedTime(start);
    }
}
