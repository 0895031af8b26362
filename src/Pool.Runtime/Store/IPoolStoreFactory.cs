namespace Eformer.Pool.Store;

/// <summary>Opens stores; the one type the loader finds by name.</summary>
public interface IPoolStoreFactory
{
    /// <summary>Checks that an address can be understood and may be used. Asks nobody.</summary>
    void Check(StoreOptions options);

    /// <summary>Connects to a store and checks that it is fit.</summary>
    Task<IPoolStore> OpenAsync(StoreOptions options, CancellationToken cancellationToken);

    /// <summary>Finds out whether a server can be a store, requirement by requirement.</summary>
    Task<IReadOnlyList<StoreRequirement>> InspectAsync(StoreOptions options, CancellationToken cancellationToken);
}
