namespace Eformer.Pool.Module.Session;

/// <summary>Opens a pool and fills it, or leaves nothing.</summary>
internal static class PoolOpener
{
    private static readonly TimeSpan s_closeLimit = TimeSpan.FromSeconds(20);

    /// <summary>Opens a pool with the largest of some numbers of slices that is possible.</summary>
    public static async Task<SlicePool> OpenAsync(
        SlicePoolOptions options, IReadOnlyList<int> sizes, ScaleOptions scale, CancellationToken cancellationToken)
    {
        SlicePoolManager manager = await SlicePoolManager.OpenAsync(options, cancellationToken);
        try
        {
            await manager.ScaleMultisliceAsync(sizes, scale, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            return manager.Pool;
        }
        catch
        {
            await Bounded.WaitAsync(manager.DisposeAsync().AsTask(), s_closeLimit);
            throw;
        }
    }
}
