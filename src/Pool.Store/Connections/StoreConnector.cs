using System.Runtime.CompilerServices;
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
        StoreAddress address = Address();
        SentinelRoute?[] routes = address.ServiceName is null ? [null, null] : [new(Address, time), new(Address, time)];
        ConfigurationOptions settings = RedisSettings.Control(address, options, routes[0]);
        StrongBox<int> attempts = new();
        settings.BeforeSocketConnect += (_, _, _) => Interlocked.Increment(ref attempts.Value);
        Task<ConnectionMultiplexer> connecting = ConnectionMultiplexer.ConnectAsync(settings);
        ConnectionMultiplexer control = await AwaitAsync(connecting, address, cancellationToken);
        if (await RefuseAsync(control, address, cancellationToken) is not { } error)
        {
            // It is needed a little later, by whoever submits, completes or reads; it must not delay the rest.
            Task<ConnectionMultiplexer> bulk = ConnectionMultiplexer.ConnectAsync(RedisSettings.Bulk(address, options, routes[1]));
            LoginWatch login = new(control, () => DiagnoseAsync(Address(), null, CancellationToken.None), time);
            control.ConnectionRestored += (_, _) => login.Forget();
            return new StoreConnections(address, control, bulk, [.. routes.OfType<SentinelRoute>()], login, attempts);
        }

        await control.DisposeAsync();
        throw error;
    }

    // With the passwords as they are now.
    private StoreAddress Address() => StoreAddressParser.ParseNow(options);

    // Why what we are connected to is no store; null when it is.
    private async Task<SlicePoolException?> RefuseAsync(ConnectionMultiplexer control, StoreAddress address, CancellationToken cancellationToken)
    {
        IServer[] connected = [.. control.GetServers().Where(server => server.IsConnected)];
        bool isCluster = connected.Any(server => server.ServerType == ServerType.Cluster);
        int primaries = connected.Count(server => !server.IsReplica);
        return control.GetEndPoints().FirstOrDefault(endpoint => !address.MayReach(endpoint)) is { } outOfReach ? StoreErrors.Insecure(StoreAddress.Describe(outOfReach))
            // Of sentinels the primary was wanted: what is none takes over, or they are behind.
            : connected.Length == 0 || (primaries == 0 && address.ServiceName is not null) ? await DiagnoseAsync(address, null, cancellationToken)
            : primaries > 1 && !isCluster ? StoreErrors.Several(address.Display)
            : isCluster && address.Database != 0 ? StoreErrors.Invalid("a cluster has only database 0")
            : null;
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
            throw address.ServiceName is null
                ? StoreErrors.Unreachable(address.Display, "nothing answers", exception)
                : await DiagnoseAsync(address, exception, cancellationToken);
        }
        catch (RedisException exception)
        {
            throw await DiagnoseAsync(address, exception, cancellationToken);
        }
    }

    private Task<SlicePoolException> DiagnoseAsync(StoreAddress address, Exception? cause, CancellationToken cancellationToken) => address.ServiceName is null
        ? new ConnectionProbe(address, time).DiagnoseAsync(cause, cancellationToken)
        : new SentinelProbe(address, time).DiagnoseAsync(cause, cancellationToken);
}
