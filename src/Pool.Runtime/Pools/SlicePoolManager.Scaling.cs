using Eformer.Pool.Pools;
using Eformer.Pool.Scaling;

namespace Eformer.Pool;

/// <content>Growing and shrinking.</content>
public sealed partial class SlicePoolManager
{
    /// <summary>Grows or shrinks the pool to a number of slices, waiting for capacity up to <c>EFORMER_SCALE_ADD_TIMEOUT_S</c>.</summary>
    /// <inheritdoc cref="ScaleMultisliceAsync(IReadOnlyList{int}, ScaleOptions?, CancellationToken)"/>
    public Task ScaleMultisliceAsync(int sliceCount, CancellationToken cancellationToken = default) =>
        ScaleMultisliceAsync([sliceCount], null, cancellationToken);

    /// <summary>
    /// Brings the pool to the largest of some sizes that is possible. Growing leaves members alone, shrinking takes the highest slots;
    /// lost slices are replaced under the ids they had.
    /// </summary>
    /// <param name="sizes">The valid sizes: different, 1 to 1,000,000.</param>
    /// <param name="options">How long to wait, and whom to tell; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the wait; what was taken for a size that was not reached is given back.</param>
    /// <exception cref="InsufficientSlicesException">None of the sizes is possible, now or in time; nothing was changed.</exception>
    /// <exception cref="SlicePoolException"><c>InvalidSize</c>, <c>PoolRemoved</c>, <c>HostsDidNotAccept</c>, and the store's errors.</exception>
    public async Task ScaleMultisliceAsync(IReadOnlyList<int> sizes, ScaleOptions? options = null, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<int> valid = SizeList.Check(sizes);
        CancellationToken drained = Volatile.Read(ref _scaleStop).Token;
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, drained);
        try
        {
            await _scales.RunAsync(
                () =>
                {
                    ThrowIfRemoved();
                    return _scaler.ScaleAsync(valid, options ?? new ScaleOptions(), either.Token);
                },
                either.Token);
        }
        catch (OperationCanceledException) when (drained.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw ActorPoolErrors.Drained(Name);
        }
    }

    /// <summary>What a scale to one of some sizes would do now. Changes nothing.</summary>
    /// <exception cref="SlicePoolException"><c>InvalidSize</c>, <c>PoolRemoved</c>, and the store's errors.</exception>
    public Task<ScalePreview> PreviewScaleAsync(IReadOnlyList<int> sizes, CancellationToken cancellationToken = default)
    {
        ThrowIfRemoved();
        return _scaler.PreviewAsync(SizeList.Check(sizes), cancellationToken);
    }

    /// <inheritdoc/>
    public override async Task<ActorPoolMember<SliceInfo>> CreateActorAsync(CancellationToken cancellationToken = default)
    {
        HashSet<string> before = [.. GetAllActorsInPool().Select(actor => actor.Id)];
        await ScaleMultisliceAsync([before.Count + 1], ScaleOptions.Now, cancellationToken);
        return GetAllPoolMembers().First(member => !before.Contains(member.Actor.Id));
    }

    /// <summary>Grows or shrinks the pool to a number of slices, or refuses at once; zero drains it.</summary>
    /// <inheritdoc cref="ScaleMultisliceAsync(IReadOnlyList{int}, ScaleOptions?, CancellationToken)"/>
    public override Task ScaleActorPoolAsync(int count, CancellationToken cancellationToken = default) =>
        count == 0 ? DrainActorPoolAsync(cancellationToken) : ScaleMultisliceAsync([count], ScaleOptions.Now, cancellationToken);

    // Whoever asked for a size before the drain is answered by it; who asks afterwards is not.
    private Task StopScalesAsync() => Interlocked.Exchange(ref _scaleStop, new CancellationTokenSource()).CancelAsync();
}
