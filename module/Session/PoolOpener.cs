namespace Eformer.Pool.Module.Session;

/// <summary>Opens a pool and fills it, or leaves nothing.</summary>
internal static class PoolOpener
{
    private static readonly TimeSpan s_closeLimit = TimeSpan.FromSeconds(20);

    /// <summary>Opens a pool with a number of slices.</summary>
    public static async Task<SlicePool> OpenAsync(SlicePoolOptions options, int sliceCount, CancellationToken cancellationToken)
    {
        SlicePoolManager manager = await SlicePoolManager.OpenAsync(options, cancellationToken);
        try
        {
            await manager.ScaleMultisliceAsync(sliceCount, cancellationToken);
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
