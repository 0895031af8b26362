namespace Eformer.Pool.Store;

/// <summary>Opens stores; the one type the loader finds by name.</summary>
public interface IPoolStoreFactory
{
    /// <summary>Connects to a store and checks that it is fit.</summary>
    Task<IPoolStore> OpenAsync(StoreOptions options, CancellationToken cancellationToken);
}
