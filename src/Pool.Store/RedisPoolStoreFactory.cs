using Eformer.Pool.RedisStore.Connections;
using Eformer.Pool.RedisStore.Keys;
using Eformer.Pool.RedisStore.Operations;
using Eformer.Pool.RedisStore.Scripting;
using Eformer.Pool.Store;
using Eformer.Pool.Topology;

namespace Eformer.Pool.RedisStore;

/// <summary>Opens stores on Redis, Valkey and Garnet. Found by its name: see <see cref="StoreLoader"/>.</summary>
public sealed class RedisPoolStoreFactory : IPoolStoreFactory
{
    /// <inheritdoc/>
    public async Task<IPoolStore> OpenAsync(StoreOptions options, CancellationToken cancellationToken)
    {
        FleetKeys keys = new(PoolName.Check(options.Fleet, "fleet"));
        StoreConnections connections = await new StoreConnector(options, TimeProvider.System).ConnectAsync(cancellationToken);
        RedisPoolStore store = new(connections, new ScriptRunner(connections), keys, new Announcer(keys));
        try
        {
            await store.CheckAsync(cancellationToken);
            return store;
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }
}
