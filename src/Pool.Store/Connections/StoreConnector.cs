using System.Net;
using Eformer.Pool.Store;
using StackExchange.Redis;

namespace Eformer.Pool.RedisStore.Connections;

/// <summary>Makes the connections to a store, within five seconds or not at all.</summary>
internal sealed class StoreConnector(StoreOptions options, TimeProvider time)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan s_patienceBySentinels = TimeSpan.FromSeconds(3.6);

    /// <summary>Connects.</summary>
    public async Task<StoreConnections> ConnectAsync(CancellationToken cancellationToken)
    {
        StoreAddress address = StoreAddressParser.Parse(options);
        Task<ConnectionMultiplexer> connecting = ConnectionMultiplexer.ConnectAsync(RedisSettings.Control(address, options.ClientName));
        ConnectionMultiplexer control = await AwaitAsync(connecting, address, cancellationToken);
        EndPoint? outOfReach = control.GetEndPoints().FirstOrDefault(endpoint => !address.MayReach(endpoint));
        if (IsUsable(control, address) && outOfReach is null)
        {
            // It is needed a little later, by whoever submits, completes or reads; it must not delay the rest.
            return new StoreConnections(address, control, ConnectionMultiplexer.ConnectAsync(RedisSettings.Bulk(address, options.ClientName)));
        }

        await control.DisposeAsync();
        throw outOfReach is null ? await DiagnoseAsync(address, null, cancellationToken) : StoreErrors.Insecure(StoreAddress.Describe(outOfReach));
    }

    private async Task<ConnectionMultiplexer> AwaitAsync(
        Task<ConnectionMultiplexer> connecting, StoreAddress address, CancellationToken cancellationToken)
    {
        try
        {
            return await connecting.WaitAsync(address.ServiceName is null ? s_patience : s_patienceBySentinels, time, cancellationToken);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            _ = connecting.ContinueWith(
                static task => task.Result.Dispose(),
                CancellationToken.None,
                TaskContinuationOptions.OnlyOnRanToCompletion,
                TaskScheduler.Default);
            cancellationToken.ThrowIfCancellationRequested();
            throw address.ServiceName is null
                ? StoreErrors.Unreachable(address.Display, "nothing answers", exception)
                : await DiagnoseAsync(address, exception, cancellationToken);
        }
        catch (RedisException exception)
        {
            throw await DiagnoseAsync(address, exception, cancellationToken);
        }
    }

    // Sentinels name the replicas too: while there is no primary these are connected, and of no use.
    private static bool IsUsable(ConnectionMultiplexer control, StoreAddress address) =>
        control.IsConnected && (address.ServiceName is null || control.GetServers().Any(server => server.IsConnected && !server.IsReplica));

    private Task<SlicePoolException> DiagnoseAsync(StoreAddress address, Exception? cause, CancellationToken cancellationToken) => address.ServiceName is null
        ? new ConnectionProbe(address, time).DiagnoseAsync(cause, cancellationToken)
        : new SentinelProbe(address, time).DiagnoseAsync(cause, cancellationToken);
}
