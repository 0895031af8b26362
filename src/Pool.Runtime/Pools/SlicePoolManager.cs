namespace Eformer.Pool;

/// <summary>Leases slices, keeps them, runs on them and lets them go. Thread-safe.</summary>
public sealed class SlicePoolManager : ResourcePoolManager<SliceInfo>
{
    /// <summary>Opens a pool that holds nothing yet; a local one starts its store and hosts.</summary>
    /// <exception cref="SlicePoolException">
    /// <c>InvalidName</c>, <c>InvalidSize</c>, <c>InvalidLease</c>, <c>KeysNotFound</c>, <c>PoolInUse</c>, and the store's errors.
    /// Nothing is left behind when it is thrown.
    /// </exception>
    public static Task<SlicePoolManager> OpenAsync(SlicePoolOptions options, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException();

    /// <summary>Name of the pool.</summary>
    public string Name => throw new NotImplementedException();

    /// <summary>Its fleet.</summary>
    public string Fleet => throw new NotImplementedException();

    /// <summary>Its store as host and port, or <c>local</c>.</summary>
    public string Store => throw new NotImplementedException();

    /// <summary>Who owns it, for people.</summary>
    public string Owner => throw new NotImplementedException();

    /// <summary>Random identity of this object as the pool's owner.</summary>
    public string OwnerId => throw new NotImplementedException();

    /// <summary>When it was opened.</summary>
    public DateTimeOffset Created => throw new NotImplementedException();

    /// <summary>Its state.</summary>
    public PoolState State => throw new NotImplementedException();

    /// <summary>Hosts in each slice.</summary>
    public int HostsPerSlice => throw new NotImplementedException();

    /// <summary>Grows or shrinks the pool to a number of slices.</summary>
    /// <exception cref="InsufficientSlicesException">It is not possible now; nothing was changed.</exception>
    public Task ScaleMultisliceAsync(int sliceCount, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Sends a script to the hosts.</summary>
    /// <exception cref="SlicePoolException">
    /// <c>PoolEmpty</c>, <c>PoolRemoved</c>, <c>InvalidSelection</c>, <c>ReservedVariable</c>, <c>PayloadTooLarge</c>, <c>HostBusy</c>, and the store's errors.
    /// </exception>
    public Task<RunHandle> StartRunAsync(RunRequest request, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <inheritdoc/>
    public override Task<ActorPoolMember<SliceInfo>> CreateActorAsync(CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <inheritdoc/>
    public override Task DrainActorPoolAsync(CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <inheritdoc/>
    public override IReadOnlyList<ActorPoolMember<SliceInfo>> GetAllPoolMembers() => throw new NotImplementedException();

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => throw new NotImplementedException();
}
