using Eformer.Pool.Store;

namespace Eformer.Pool.Scaling;

/// <summary>What a pool tells others that it waits for. Others leave room for it, so what nobody waits for any more must not stay.</summary>
internal sealed class PublishedDemand(IPoolStore store, string pool, string ownerId)
{
    private volatile bool _stays;

    /// <summary>Publishes it, or its newer state.</summary>
    /// <exception cref="SlicePoolException">The store's errors. It may be published all the same.</exception>
    public Task PublishAsync(DemandRecord demand, CancellationToken cancellationToken)
    {
        _stays = false;
        return store.PublishDemandAsync(demand, cancellationToken);
    }

    /// <summary>Withdraws it. Where the store is away, <see cref="ForgetAsync"/> has to make up for it.</summary>
    public async Task WithdrawAsync(CancellationToken cancellationToken)
    {
        try
        {
            await store.WithdrawDemandAsync(pool, ownerId, cancellationToken);
            _stays = false;
        }
        catch (SlicePoolException exception) when (exception.ErrorId == "StoreUnreachable")
        {
            _stays = true;
        }
    }

    /// <summary>Withdraws what could not be withdrawn before. For whoever has the turn: a scale that begins publishes anew in its own.</summary>
    public Task ForgetAsync(CancellationToken cancellationToken) => _stays ? WithdrawAsync(cancellationToken) : Task.CompletedTask;
}
