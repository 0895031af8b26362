using Eformer.Pool.Store;
using StackExchange.Redis;

namespace Eformer.Pool.RedisStore.Connections;

/// <summary>Makes the connections to a store, within five seconds or not at all.</summary>
internal sealed class StoreConnector(StoreOptions options, TimeProvider time)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(3);

    /// <summary>Connects.</summary>
    public async Task<StoreConnections> ConnectAsync(CancellationToken cancellationToken)
    {
        StoreAddress address = StoreAddressParser.Parse(options);
        Task<ConnectionMultiplexer> connecting = ConnectionMultiplexer.ConnectAsync(RedisSettings.Control(address, options.ClientName));
        ConnectionMultiplexer control = await AwaitAsync(connecting, address, cancellationToken);
        if (control.IsConnected)
        {
            // It is needed a little later, by whoever submits, completes or reads; it must not delay the rest.
            return new StoreConnections(address, control, ConnectionMultiplexer.ConnectAsync(RedisSettings.Bulk(address, options.ClientName)));
        }

        await control.DisposeAsync();
        throw await new ConnectionProbe(address, time).DiagnoseAsync(null, cancellationToken);
    }

    private async Task<ConnectionMultiplexer> AwaitAsync(
        Task<ConnectionMultiplexer> connecting, StoreAddress address, CancellationToken cancellationToken)
    {
        try
        {
            return await connecting.WaitAsync(s_patience, time, cancellationToken);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            _ = connecting.ContinueWith(
                static task => task.Result.Dispose(),
                CancellationToken.None,
                TaskContinuationOptions.OnlyOnRanToCompletion,
                TaskScheduler.Default);
            cancellationToken.ThrowIfCancellationRequested();
            throw StoreErrors.Unreachable(address.Display, "nothing answers", exception);
        }
        catch (RedisException exception)
        {
            throw await new ConnectionProbe(address, time).DiagnoseAsync(exception, cancellationToken);
        }
    }
}
