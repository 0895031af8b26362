using Eformer.Pool.RedisStore.Connections;
using Eformer.Pool.RedisStore.Fitness;
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
    public void Check(StoreOptions options) => StoreAddressParser.Parse(options);

    /// <inheritdoc/>
    public async Task<IPoolStore> OpenAsync(StoreOptions options, CancellationToken cancellationToken)
    {
        FleetKeys keys = new(PoolName.Check(options.Fleet, "fleet"));
        StoreConnections connections = await new StoreConnector(options, TimeProvider.System).ConnectAsync(cancellationToken);
        ScriptRunner runner = new(connections);
        RedisPoolStore store = new(connections, runner, keys, new Announcer(keys), new RunLister(keys), new BumpGenerationOperation(runner, keys));
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

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoreRequirement>> InspectAsync(StoreOptions options, CancellationToken cancellationToken) =>
        new StoreInspector(options, TimeProvider.System).InspectAsync(cancellationToken);
}
